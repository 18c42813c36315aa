/** An option of commands for the stack on this machine. */
export const PORT = {
  argument: "PORT",
  meaning: "the first port of the stack; default: 54321",
} as const;

/** The same of commands for any database. */
export const OPERATED_PORT = {
  argument: "PORT",
  meaning: "the local stack on this port. Without it: the database that DATABASE_URL names, or " +
    "else the local stack on port 54321",
} as const;
