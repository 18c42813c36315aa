/** The least a function can be: what it takes to start is not our code's. */
Deno.serve(() => new Response());
