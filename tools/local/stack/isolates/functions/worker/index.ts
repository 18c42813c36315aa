/** The worker as an isolate runs it. */
import "../../edge_runtime.ts";
import "../../../../../../supabase/functions/worker/index.ts";
