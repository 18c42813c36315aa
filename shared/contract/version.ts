/**
 * The version of the backend, as the tag of its release has it behind the `v`. Its first number is that
 * of the API guide.
 */
export const VERSION = "2.0.0";
