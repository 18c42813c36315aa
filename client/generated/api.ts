// Made of the OpenAPI document by `deno task docs`. Do not edit.

export interface paths {
    readonly "/generation/image-to-image": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Variations of an image. */
        readonly post: operations["image-to-image"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/text-to-image": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Images from words. */
        readonly post: operations["text-to-image"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/text-to-model": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A 3D model from words. */
        readonly post: operations["text-to-model"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/image-to-model": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A 3D model from an image, or from up to four views in the order front, left, back, right. */
        readonly post: operations["image-to-model"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/sketch-to-image": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** An image from a drawing by hand. */
        readonly post: operations["sketch-to-image"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/image-inpaint": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Part of an image, drawn anew. The mask has the size of the image, and only black and white: what is white changes, what is black stays; soft edges and a hole in black are mended. */
        readonly post: operations["image-inpaint"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/remove-background": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** The subject of an image, cut out. */
        readonly post: operations["remove-background"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/search-and-recolor": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** An object in an image, found by its name, in other colours. */
        readonly post: operations["search-and-recolor"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/refine-model": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A 3D model with a new surface. An earlier task of the provider, named by draft_model_task_id, is used instead of the file; it is the ai_service_task_id of a row in models. */
        readonly post: operations["refine-model"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/tasks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The caller's tasks, newest first.
         * @description Each as its status tells it. A task that is deleted is not there any more, and one that ended without a result not after its time: see the status.
         */
        readonly get: operations["listTasks"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/tasks/{celery_task_id}/status": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How far a task is, at once or as soon as it has changed.
         * @description To follow a task to its end, ask with `wait=25` and the ETag of the last answer as If-None-Match, again and again: each change comes within a second. Without the header (some clients take a 304 for an error) a change between two requests is told with the next one, the end always at once.
         */
        readonly get: operations["readStatus"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/tasks/{celery_task_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Ends a task that has no result yet; or, with purge=true, deletes any task for good. */
        readonly delete: operations["cancel"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/tasks/{celery_task_id}/report": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Hides the result of a complete task for good, and tells the operator why.
         * @description Its user is shown no result any more. Again is the same answer; the first reason stays. A task without a result is a `409 task_not_complete`.
         */
        readonly post: operations["report"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/tasks-status": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The caller's tasks, newest first.
         * @description Each as its status tells it. A task that is deleted is not there any more, and one that ended without a result not after its time: see the status.
         */
        readonly get: operations["listTasksByFunctionName"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/tasks-status/{celery_task_id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How far a task is, at once or as soon as it has changed.
         * @description To follow a task to its end, ask with `wait=25` and the ETag of the last answer as If-None-Match, again and again: each change comes within a second. Without the header (some clients take a 304 for an error) a change between two requests is told with the next one, the end always at once.
         */
        readonly get: operations["readStatusByFunctionName"];
        readonly put?: never;
        readonly post?: never;
        /** Ends a task that has no result yet; or, with purge=true, deletes any task for good. */
        readonly delete: operations["cancelByFunctionName"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/tasks-status/{celery_task_id}/report": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Hides the result of a complete task for good, and tells the operator why.
         * @description Its user is shown no result any more. Again is the same answer; the first reason stays. A task without a result is a `409 task_not_complete`.
         */
        readonly post: operations["reportByFunctionName"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/account": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The caller's plan, and what is left of it.
         * @description The plan is the one that the user's token names, so a change of it is seen with the user's next token. Quotas are of a calendar day in UTC, of the day a request was sent on. What goes on counts with what it may cost, what has ended with what it has cost; what ended without costing anything does not count. After a change to a smaller plan more may be used than is allowed.
         */
        readonly get: operations["readAccount"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Deletes everything of the caller, and the caller's user, for good.
         * @description Tasks in any state, results, inputs, rows, and the user in Auth. What a provider already works on is shown no more, and is gone when the provider has ended it. Files are gone within a minute or so. To be sent again after any answer but 200: it goes on where it broke off. The user's tokens are good for nothing from then on.
         */
        readonly delete: operations["deleteAccount"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/availability": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What can be asked for now: each operation of each provider.
         * @description So that an app offers what works. An operation is closed while its provider is paused, by its failures or by the operator, is not set up here, or may cost no more today. The answer may be five seconds old. It says nothing about the user: what the user's plan and quotas leave is in `GET /account`. A submit is decided by itself, whatever this has said.
         */
        readonly get: operations["availability"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/health": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether requests are accepted and worked off now. The answer may be five seconds old. A 503 also while the operator has paused submits; its message says so in the operator's words. */
        readonly get: operations["health"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The service in numbers, for the operator's monitoring system.
         * @description Depth and age of queues, lanes and their capacity, how tasks ended in the last hour and day, what is spent today, open alerts, workers: each a gauge with its help. None is about a user.
         */
        readonly get: operations["metrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/operator": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * For operators: lanes, queue, spend, alerts, and what operators did.
         * @description Operators are users with `app_metadata.role = 'operator'`, which only the project's server can write; everybody else gets a 403. The role counts from the user's next token on, and ends at once. What is read is what `deno task status` shows.
         */
        readonly get: operations["readOperator"];
        readonly put?: never;
        /**
         * For operators: pauses, resumes, blocks, unblocks, sets budgets.
         * @description One action a request; what it did is logged, with who did it, in the transaction that does it. An action may be sent again: it comes to the same, and is logged again. It is what the commands do (`deno task lanes`, `submits`, `users`, `budgets`), which are logged, too.
         */
        readonly post: operations["operate"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/openapi.json": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** This document. */
        readonly get: operations["openapi"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/llms.txt": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What this is, for language models: a program with the client, the operations, and where the rest is.
         * @description In the form of https://llmstxt.org, at the addresses of this project.
         */
        readonly get: operations["llms"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/generation/llms-full.txt": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The same program, and then this reference, in one text.
         * @description For a language model that writes an app: some 15,000 tokens.
         */
        readonly get: operations["llmsFull"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "celery_task_id": "0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52",
         *       "task_id": "my-task-1",
         *       "status": "pending",
         *       "status_url": "https://project.supabase.co/functions/v1/tasks/0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52/status",
         *       "warnings": []
         *     }
         */
        readonly Accepted: {
            /**
             * Format: uuid
             * @description Id of the task; the one to poll with
             */
            readonly celery_task_id: string;
            /** @description The app's own */
            readonly task_id: string;
            /**
             * @description The last three are final
             * @enum {string}
             */
            readonly status: "pending" | "processing" | "complete" | "failed" | "canceled";
            /**
             * Format: uri
             * @description Where to poll
             */
            readonly status_url: string;
            /** @description Parameters that were mapped or ignored, in words for the developer */
            readonly warnings: readonly string[];
        };
        /**
         * @example {
         *       "dry_run": true,
         *       "estimate_usd": 0.053,
         *       "expected_start_seconds": 0,
         *       "quota": {
         *         "plan": "default",
         *         "resets_at": "2026-11-30T00:00:00.000Z",
         *         "images": {
         *           "used": 3,
         *           "allowed": 100,
         *           "left": 97
         *         },
         *         "models": {
         *           "used": 0,
         *           "allowed": 20,
         *           "left": 20
         *         },
         *         "usd": {
         *           "used": 0.16,
         *           "allowed": 5,
         *           "left": 4.84
         *         },
         *         "active_tasks": {
         *           "used": 1,
         *           "allowed": 20,
         *           "left": 19
         *         },
         *         "submits_per_minute": 30
         *       },
         *       "warnings": []
         *     }
         */
        readonly DryRun: {
            /** @constant */
            readonly dry_run: true;
            /**
             * @description The same request was accepted before: to send it again makes nothing new, and costs nothing
             * @constant
             */
            readonly replayed?: true;
            /**
             * Format: uuid
             * @description Id of the task that it was accepted as before
             */
            readonly celery_task_id?: string;
            /** @description What it costs at most, in USD, by the provider's price list */
            readonly estimate_usd: number;
            /** @description In how many seconds it would be started, about */
            readonly expected_start_seconds: number;
            /** @description As `GET /account` tells it: without this request */
            readonly quota: {
                /** @description Name of the user's plan */
                readonly plan: string;
                /**
                 * Format: date-time
                 * @description When the quotas of a day begin anew: at 00:00 UTC
                 */
                readonly resets_at: string;
                /** @description Images of a day */
                readonly images: {
                    /** @description Used already, by what goes on and what has cost something */
                    readonly used: number;
                    /** @description Null: no limit */
                    readonly allowed: number | null;
                    /** @description Null: no limit */
                    readonly left: number | null;
                };
                /** @description 3D models of a day */
                readonly models: {
                    /** @description Used already, by what goes on and what has cost something */
                    readonly used: number;
                    /** @description Null: no limit */
                    readonly allowed: number | null;
                    /** @description Null: no limit */
                    readonly left: number | null;
                };
                /** @description USD of a day */
                readonly usd: {
                    /** @description Used already, by what goes on and what has cost something */
                    readonly used: number;
                    /** @description Null: no limit */
                    readonly allowed: number | null;
                    /** @description Null: no limit */
                    readonly left: number | null;
                };
                /** @description Unfinished tasks at the same time */
                readonly active_tasks: {
                    /** @description Used already, by what goes on and what has cost something */
                    readonly used: number;
                    /** @description Null: no limit */
                    readonly allowed: number | null;
                    /** @description Null: no limit */
                    readonly left: number | null;
                };
                /** @description Submits in any 60 seconds; null: no limit */
                readonly submits_per_minute: number | null;
            };
            /** @description Parameters that would be mapped or ignored, in words for the developer */
            readonly warnings: readonly string[];
        };
        /**
         * @example {
         *       "task_id": "0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52",
         *       "status": "complete",
         *       "version": 3,
         *       "progress": 100,
         *       "asset_url": "https://project.supabase.co/storage/v1/object/public/generated/00000000-0000-4000-8000-000000000001/concepts/0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52/0.png",
         *       "asset_urls": [
         *         "https://project.supabase.co/storage/v1/object/public/generated/00000000-0000-4000-8000-000000000001/concepts/0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52/0.png"
         *       ],
         *       "assets": [
         *         {
         *           "url": "https://project.supabase.co/storage/v1/object/public/generated/00000000-0000-4000-8000-000000000001/concepts/0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52/0.png",
         *           "media_type": "image/png",
         *           "bytes": 1482113,
         *           "width": 1024,
         *           "height": 1024
         *         }
         *       ],
         *       "model_id": "gpt-image-1",
         *       "parameters": {
         *         "prompt": "A violet flying elephant",
         *         "n": 1,
         *         "size": "1024x1024",
         *         "quality": "standard"
         *       },
         *       "operation": "text-to-image",
         *       "provider": "openai",
         *       "client_task_id": "my-task-1",
         *       "created_at": "2026-11-29T09:30:00.000Z",
         *       "started_at": "2026-11-29T09:30:01.000Z",
         *       "finished_at": "2026-11-29T09:30:21.000Z"
         *     }
         * @example {
         *       "task_id": "0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52",
         *       "status": "pending",
         *       "version": 1,
         *       "queue_position": 3,
         *       "eta": {
         *         "seconds": 42,
         *         "seconds_max": 95,
         *         "based_on": "history"
         *       },
         *       "operation": "text-to-image",
         *       "provider": "openai",
         *       "client_task_id": "my-task-1",
         *       "created_at": "2026-11-29T09:30:00.000Z"
         *     }
         */
        readonly Status: {
            /**
             * Format: uuid
             * @description The celery_task_id
             */
            readonly task_id: string;
            /**
             * @description The last three are final
             * @enum {string}
             */
            readonly status: "pending" | "processing" | "complete" | "failed" | "canceled";
            /** @description Grows with each change that is seen, and is the ETag. What is reckoned at each look, as a place in the queue, is no change */
            readonly version: number;
            /** @description Percentage: as far as the provider tells while it is processing, 100 at the end */
            readonly progress?: number;
            /** @description While it is pending: how many starts come before its own, of those that wait now. Of each other user as many later requests may go first as the user has waiting up to this one: at most one, where it is the only one */
            readonly queue_position?: number | "1000+";
            /** @description While it is pending or processing: in how many seconds it is done, about; left out while its provider is paused for good */
            readonly eta?: {
                /** @description As often in less time as in more */
                readonly seconds: number;
                /** @description Nine times of ten it takes no longer */
                readonly seconds_max: number;
                /**
                 * @description history: the last runs of the same operation, provider and model here; typical: what is usual, while there are few
                 * @enum {string}
                 */
                readonly based_on: "history" | "typical";
            };
            /**
             * Format: uri
             * @description The first of asset_urls
             */
            readonly asset_url?: string;
            /** @description Every result, in order; private results by URLs that are good for an hour */
            readonly asset_urls?: readonly string[];
            /** @description The same with what is known of each */
            readonly assets?: readonly {
                /** Format: uri */
                readonly url: string;
                /** @description What it is, by its bytes */
                readonly media_type: string;
                /** @description Length of the file */
                readonly bytes: number;
                /** @description Of an image, in pixels, turned as its EXIF says */
                readonly width?: number;
                /** @description The same of its height */
                readonly height?: number;
                /** @description Of a model: in all its meshes, each counted once */
                readonly triangles?: number;
                /** @description The same of its vertices */
                readonly vertices?: number;
                /** @description How many materials it has */
                readonly materials?: number;
                /** @description How many pictures are on its surfaces */
                readonly textures?: number;
                /** @description Of the box around its default scene, in metres: x, y and z */
                readonly size?: readonly number[];
                /** @description How its meshes are compressed: a viewer needs that decoder; null: not at all */
                readonly compressed?: ("draco" | "meshopt") | null;
            }[];
            /**
             * Format: uri
             * @description A picture of the model, by a URL like those of results: the provider's own, or the image that it was made of
             */
            readonly preview_url?: string;
            /** @description The provider's model, or its endpoint, that made it */
            readonly model_id?: string;
            /** @description The seed it was made with, where one is known */
            readonly seed?: number;
            /** @description The prompt as the provider's model was given it, where the provider tells */
            readonly revised_prompt?: string;
            /** @description What was asked for, with the defaults; left out once it was dropped */
            readonly parameters?: {
                readonly [key: string]: unknown;
            };
            /**
             * @description The user has reported the result: it is hidden, and asset_urls is left out
             * @constant
             */
            readonly reported?: true;
            /** @description How many of the results asked for the provider did not deliver */
            readonly missing_results?: number;
            /** @description What it has cost, in USD, as far as is known: for API keys that may see it, once it has ended */
            readonly cost_usd?: number;
            /** @description Why it failed, in words for the user */
            readonly error?: string;
            /**
             * @description The same in a word for the app
             * @enum {string}
             */
            readonly error_code?: "content_refused" | "invalid_input" | "provider_rejected" | "unsupported_language" | "provider_unavailable" | "provider_rate_limited" | "provider_credits" | "provider_auth" | "timeout" | "invalid_result" | "storage_failed" | "outcome_unknown" | "internal";
            /** @description With an error: whether the same request, sent again, may succeed */
            readonly retryable?: boolean;
            /**
             * @description With an error: whether the provider bills the operator for it; maybe where nobody knows, or not yet
             * @enum {string}
             */
            readonly billed?: "no" | "maybe" | "yes";
            readonly operation: string;
            readonly provider: string;
            /** @description The task_id of the request */
            readonly client_task_id: string;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly started_at?: string;
            /**
             * Format: date-time
             * @description Present in the last three states
             */
            readonly finished_at?: string;
        };
        /**
         * @example {
         *       "url": "https://project.supabase.co/storage/v1/object/public/generated/00000000-0000-4000-8000-000000000001/models/0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52/0.glb",
         *       "media_type": "model/gltf-binary",
         *       "bytes": 6214520,
         *       "triangles": 39824,
         *       "vertices": 24107,
         *       "materials": 1,
         *       "textures": 3,
         *       "size": [
         *         0.62,
         *         1,
         *         0.48
         *       ],
         *       "compressed": null
         *     }
         */
        readonly Asset: {
            /** Format: uri */
            readonly url: string;
            /** @description What it is, by its bytes */
            readonly media_type: string;
            /** @description Length of the file */
            readonly bytes: number;
            /** @description Of an image, in pixels, turned as its EXIF says */
            readonly width?: number;
            /** @description The same of its height */
            readonly height?: number;
            /** @description Of a model: in all its meshes, each counted once */
            readonly triangles?: number;
            /** @description The same of its vertices */
            readonly vertices?: number;
            /** @description How many materials it has */
            readonly materials?: number;
            /** @description How many pictures are on its surfaces */
            readonly textures?: number;
            /** @description Of the box around its default scene, in metres: x, y and z */
            readonly size?: readonly number[];
            /** @description How its meshes are compressed: a viewer needs that decoder; null: not at all */
            readonly compressed?: ("draco" | "meshopt") | null;
        };
        /**
         * @example {
         *       "tasks": [
         *         {
         *           "task_id": "0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52",
         *           "status": "complete",
         *           "version": 3,
         *           "progress": 100,
         *           "asset_url": "https://project.supabase.co/storage/v1/object/public/generated/00000000-0000-4000-8000-000000000001/concepts/0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52/0.png",
         *           "asset_urls": [
         *             "https://project.supabase.co/storage/v1/object/public/generated/00000000-0000-4000-8000-000000000001/concepts/0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52/0.png"
         *           ],
         *           "assets": [
         *             {
         *               "url": "https://project.supabase.co/storage/v1/object/public/generated/00000000-0000-4000-8000-000000000001/concepts/0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52/0.png",
         *               "media_type": "image/png",
         *               "bytes": 1482113,
         *               "width": 1024,
         *               "height": 1024
         *             }
         *           ],
         *           "model_id": "gpt-image-1",
         *           "parameters": {
         *             "prompt": "A violet flying elephant",
         *             "n": 1,
         *             "size": "1024x1024",
         *             "quality": "standard"
         *           },
         *           "operation": "text-to-image",
         *           "provider": "openai",
         *           "client_task_id": "my-task-1",
         *           "created_at": "2026-11-29T09:30:00.000Z",
         *           "started_at": "2026-11-29T09:30:01.000Z",
         *           "finished_at": "2026-11-29T09:30:21.000Z"
         *         },
         *         {
         *           "task_id": "5a3f4d4e-3a54-4d0b-8f2f-2a2b7a0c1d9e",
         *           "status": "failed",
         *           "version": 3,
         *           "error": "AI service unavailable. Trying again later may help.",
         *           "error_code": "provider_unavailable",
         *           "retryable": true,
         *           "billed": "no",
         *           "operation": "text-to-model",
         *           "provider": "tripo",
         *           "client_task_id": "my-task-0",
         *           "created_at": "2026-11-29T09:20:00.000Z",
         *           "started_at": "2026-11-29T09:20:01.000Z",
         *           "finished_at": "2026-11-29T09:21:40.000Z"
         *         }
         *       ],
         *       "next_cursor": "MTc2NDQwNzQwMDAwMDAwMF81YTNmNGQ0ZS0zYTU0LTRkMGItOGYyZi0yYTJiN2EwYzFkOWU"
         *     }
         */
        readonly TaskList: {
            /** @description Newest first, each as its status tells it */
            readonly tasks: readonly components["schemas"]["Status"][];
            /** @description What to send as cursor for the tasks before these; null: these were the last */
            readonly next_cursor: string | null;
        };
        /**
         * @example {
         *       "task_id": "0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52",
         *       "status": "canceled",
         *       "billed": "no"
         *     }
         */
        readonly Canceled: {
            /**
             * Format: uuid
             * @description The celery_task_id
             */
            readonly task_id: string;
            /** @constant */
            readonly status: "canceled";
            /**
             * @description Whether the provider bills it; maybe where a call was under way
             * @enum {string}
             */
            readonly billed: "no" | "maybe" | "yes";
        };
        /**
         * @example {
         *       "task_id": "0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52",
         *       "status": "purged",
         *       "billed": "yes"
         *     }
         */
        readonly Purged: {
            /**
             * Format: uuid
             * @description The celery_task_id; from now on it is a 404
             */
            readonly task_id: string;
            /** @constant */
            readonly status: "purged";
            /**
             * @description Whether the provider bills it; maybe where a call was under way
             * @enum {string}
             */
            readonly billed: "no" | "maybe" | "yes";
        };
        /**
         * @example {
         *       "plan": "default",
         *       "resets_at": "2026-11-30T00:00:00.000Z",
         *       "images": {
         *         "used": 3,
         *         "allowed": 100,
         *         "left": 97
         *       },
         *       "models": {
         *         "used": 0,
         *         "allowed": 20,
         *         "left": 20
         *       },
         *       "usd": {
         *         "used": 0.16,
         *         "allowed": 5,
         *         "left": 4.84
         *       },
         *       "active_tasks": {
         *         "used": 1,
         *         "allowed": 20,
         *         "left": 19
         *       },
         *       "submits_per_minute": 30
         *     }
         */
        readonly Account: {
            /** @description Name of the user's plan */
            readonly plan: string;
            /**
             * Format: date-time
             * @description When the quotas of a day begin anew: at 00:00 UTC
             */
            readonly resets_at: string;
            /** @description Images of a day */
            readonly images: {
                /** @description Used already, by what goes on and what has cost something */
                readonly used: number;
                /** @description Null: no limit */
                readonly allowed: number | null;
                /** @description Null: no limit */
                readonly left: number | null;
            };
            /** @description 3D models of a day */
            readonly models: {
                /** @description Used already, by what goes on and what has cost something */
                readonly used: number;
                /** @description Null: no limit */
                readonly allowed: number | null;
                /** @description Null: no limit */
                readonly left: number | null;
            };
            /** @description USD of a day */
            readonly usd: {
                /** @description Used already, by what goes on and what has cost something */
                readonly used: number;
                /** @description Null: no limit */
                readonly allowed: number | null;
                /** @description Null: no limit */
                readonly left: number | null;
            };
            /** @description Unfinished tasks at the same time */
            readonly active_tasks: {
                /** @description Used already, by what goes on and what has cost something */
                readonly used: number;
                /** @description Null: no limit */
                readonly allowed: number | null;
                /** @description Null: no limit */
                readonly left: number | null;
            };
            /** @description Submits in any 60 seconds; null: no limit */
            readonly submits_per_minute: number | null;
        };
        /**
         * @example {
         *       "status": "deleted"
         *     }
         */
        readonly AccountDeleted: {
            /** @constant */
            readonly status: "deleted";
        };
        /**
         * @example {
         *       "task_id": "0b54c2a5-6f0f-4c1c-9a53-5f0b8e5f3d52",
         *       "reported": true,
         *       "reported_at": "2026-11-29T09:31:00.000Z"
         *     }
         */
        readonly Reported: {
            /**
             * Format: uuid
             * @description The celery_task_id
             */
            readonly task_id: string;
            /** @constant */
            readonly reported: true;
            /**
             * Format: date-time
             * @description When it was reported first
             */
            readonly reported_at: string;
        };
        readonly Report: {
            /** @description What is wrong with the result, in the user's words, for the operator */
            readonly reason: string;
        };
        /**
         * @example {
         *       "operations": [
         *         {
         *           "operation": "text-to-image",
         *           "provider": "openai",
         *           "availability": "busy",
         *           "expected_start_seconds": 12
         *         },
         *         {
         *           "operation": "text-to-image",
         *           "provider": "recraft",
         *           "availability": "closed"
         *         },
         *         {
         *           "operation": "text-to-model",
         *           "provider": "tripo",
         *           "availability": "open",
         *           "expected_start_seconds": 0
         *         }
         *       ]
         *     }
         */
        readonly Availability: {
            /** @description Each operation of each provider, without those that the API key may not ask for */
            readonly operations: readonly {
                readonly operation: string;
                readonly provider: string;
                /**
                 * @description open: a request starts at once; busy: it waits, and is accepted as long as it is in time; closed: do not offer it now
                 * @enum {string}
                 */
                readonly availability: "open" | "busy" | "closed";
                /** @description In how many seconds a request would be started, about, of a user who has nothing waiting; left out where nobody knows */
                readonly expected_start_seconds?: number;
            }[];
        };
        /**
         * @example {
         *       "status": "ok"
         *     }
         */
        readonly Health: {
            /** @constant */
            readonly status: "ok";
            /** @description For the operator: of the backend, and of what it stands on */
            readonly versions?: {
                readonly backend: string;
                readonly postgres: string;
                readonly pgmq: string;
            };
            /** @description For the operator: codes of what is wrong at the moment although requests are accepted and worked off */
            readonly problems?: readonly string[];
        };
        /**
         * @example {
         *       "lanes": [
         *         {
         *           "provider": "openai",
         *           "state": "paused",
         *           "paused_until": null,
         *           "paused_until_resumed": true,
         *           "busy_until": null,
         *           "waiting": 12,
         *           "polled": 0,
         *           "in_flight": 2,
         *           "max_in_flight": 5,
         *           "consecutive_failures": 0,
         *           "paused_users": 0,
         *           "busy_pools": [],
         *           "sent_away": 0,
         *           "failure": null
         *         },
         *         {
         *           "provider": "tripo",
         *           "state": "half_open",
         *           "paused_until": "2026-11-29T09:31:00.000Z",
         *           "paused_until_resumed": false,
         *           "busy_until": null,
         *           "waiting": 3,
         *           "polled": 1,
         *           "in_flight": 1,
         *           "max_in_flight": 10,
         *           "consecutive_failures": 5,
         *           "paused_users": 1,
         *           "busy_pools": [],
         *           "sent_away": 0,
         *           "failure": {
         *             "code": "provider_unavailable",
         *             "message": "The service answered 500",
         *             "at": "2026-11-29T09:30:45.000Z"
         *           }
         *         }
         *       ],
         *       "queue": {
         *         "pending": 15,
         *         "processing": 3,
         *         "last_hour": {
         *           "complete": 87,
         *           "failed": 5
         *         },
         *         "last_day": {
         *           "complete": 1204,
         *           "failed": 31
         *         },
         *         "workers": 1,
         *         "connections": 18,
         *         "max_connections": 60,
         *         "database_bytes": 41943040
         *       },
         *       "submits": {
         *         "paused_since": null,
         *         "message": "Maintenance; nothing new is accepted for a while",
         *         "retry_after_seconds": 60
         *       },
         *       "spending": [
         *         {
         *           "scope": "project",
         *           "name": "project",
         *           "period": "day",
         *           "used_usd": 12.4,
         *           "cap_usd": 40
         *         },
         *         {
         *           "scope": "provider",
         *           "name": "openai",
         *           "period": "day",
         *           "used_usd": 9.1,
         *           "cap_usd": 25
         *         }
         *       ],
         *       "alerts": [
         *         {
         *           "code": "lane_paused",
         *           "severity": "warning",
         *           "subject": "openai",
         *           "message": "It starts nothing until somebody ends the pause. Look at the provider's status page; if it works, open the lane: deno task lanes resume.",
         *           "since": "2026-11-29T09:30:00.000Z"
         *         }
         *       ],
         *       "refused_users": [
         *         {
         *           "id": "00000000-0000-4000-8000-000000000001",
         *           "email": "test@example.com",
         *           "state": "blocked",
         *           "reason": "Spam",
         *           "since": "2026-11-29T09:00:00.000Z",
         *           "until": null
         *         }
         *       ],
         *       "dearest_users": [
         *         {
         *           "id": "00000000-0000-4000-8000-000000000001",
         *           "plan": "default",
         *           "tasks": 40,
         *           "usd": 2.12
         *         }
         *       ],
         *       "recent_actions": [
         *         {
         *           "id": 7,
         *           "at": "2026-11-29T09:30:00.000Z",
         *           "actor": "operator",
         *           "operator_id": "00000000-0000-4000-8000-000000000003",
         *           "operator_email": "operator@example.com",
         *           "action": "pause_lane",
         *           "request": {
         *             "provider": "openai",
         *             "reason": "The bill of November"
         *           },
         *           "result": {},
         *           "user_id": null
         *         }
         *       ]
         *     }
         */
        readonly Operator: {
            /** @description Each lane by name: what waits and is under way, and why it rests */
            readonly lanes: readonly {
                readonly provider: string;
                /**
                 * @description busy: the provider was asked too often; half_open: one task at a time is tried after a pause
                 * @enum {string}
                 */
                readonly state: "open" | "busy" | "half_open" | "paused";
                /** @description The end of the pause; null: none, or until somebody resumes it */
                readonly paused_until: string | null;
                readonly paused_until_resumed: boolean;
                readonly busy_until: string | null;
                /** @description Tasks to be started */
                readonly waiting: number;
                /** @description Tasks that the provider has accepted, and is asked about */
                readonly polled: number;
                readonly in_flight: number;
                readonly max_in_flight: number;
                readonly consecutive_failures: number;
                /** @description Users who are paused in this lane for failures of their own */
                readonly paused_users: number;
                readonly busy_pools: readonly string[];
                /** @description Tasks that the busy provider has sent away, and that wait to try again */
                readonly sent_away: number;
                /** @description How the provider failed last, within a day */
                readonly failure: {
                    readonly code: string;
                    /** @description The words of the provider */
                    readonly message: string | null;
                    /** Format: date-time */
                    readonly at: string;
                } | null;
            }[];
            /** @description What goes on in all lanes together, and what has ended */
            readonly queue: {
                readonly pending: number;
                readonly processing: number;
                readonly last_hour: {
                    readonly complete: number;
                    readonly failed: number;
                };
                readonly last_day: {
                    readonly complete: number;
                    readonly failed: number;
                };
                /** @description Workers that are at work */
                readonly workers: number;
                /** @description Connections to the database */
                readonly connections: number;
                readonly max_connections: number;
                readonly database_bytes: number;
            };
            /** @description Whether new requests are accepted */
            readonly submits: {
                /** @description Null: submits are accepted */
                readonly paused_since: string | null;
                /** @description What apps are told while they are paused */
                readonly message: string;
                readonly retry_after_seconds: number;
            };
            /** @description Each cap there may be, with what is used today or this month */
            readonly spending: readonly {
                /** @enum {string} */
                readonly scope: "project" | "provider" | "key";
                /** @description project, the name of the provider, or the prefix of the key */
                readonly name: string;
                /** @enum {string} */
                readonly period: "day" | "month";
                /** @description Spent, and reserved for what has not ended */
                readonly used_usd: number;
                /** @description Null: no cap */
                readonly cap_usd: number | null;
            }[];
            /** @description The critical first; none: nothing is wrong */
            readonly alerts: readonly {
                readonly code: string;
                /** @description critical or warning */
                readonly severity: string;
                readonly subject: string;
                /** @description What is wrong, and what to do about it */
                readonly message: string;
                readonly since: string | null;
            }[];
            /** @description Who is blocked or banned, at most 100 */
            readonly refused_users: readonly {
                /** Format: uuid */
                readonly id: string;
                readonly email: string | null;
                /** @enum {string} */
                readonly state: "blocked" | "banned in Auth";
                readonly reason: string | null;
                readonly since: string | null;
                /** @description Null: until somebody ends it */
                readonly until: string | null;
            }[];
            /** @description The ten who have spent most today */
            readonly dearest_users: readonly {
                /** Format: uuid */
                readonly id: string;
                readonly plan: string | null;
                readonly tasks: number;
                /** @description USD of today, with what is reserved */
                readonly usd: number;
            }[];
            /** @description What operators did last, newest first, at most 50 */
            readonly recent_actions: readonly {
                readonly id: number;
                /** Format: date-time */
                readonly at: string;
                /**
                 * @description A signed-in operator, or a command
                 * @enum {string}
                 */
                readonly actor: "operator" | "command";
                /** @description Who did it; null for a command */
                readonly operator_id: string | null;
                /** @description As Auth had it then */
                readonly operator_email: string | null;
                readonly action: string;
                /** @description The fields of the request but user */
                readonly request: {
                    readonly [key: string]: unknown;
                };
                readonly result: {
                    readonly [key: string]: unknown;
                };
                /** @description The user whom it is about, as long as there is one */
                readonly user_id: string | null;
            }[];
        };
        /**
         * @example {
         *       "id": 8,
         *       "action": "block_user",
         *       "result": {
         *         "tasks_canceled": 3
         *       }
         *     }
         */
        readonly OperatorAction: {
            /** @description Of the row in the log of operators */
            readonly id: number;
            readonly action: string;
            /** @description What it came to: of block_user tasks_canceled, of unblock_user was_blocked and is_blocked (a ban in Auth stays), of resume_submits was_paused; else empty */
            readonly result: {
                readonly [key: string]: unknown;
            };
        };
        /** @description Starts nothing more of a lane; what was started goes on */
        readonly OperatorPauseLane: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly action: "pause_lane";
            /** @description Name of a provider, and so of its lane */
            readonly provider: string;
            /** @description Why, for other operators */
            readonly reason?: string;
            /**
             * Format: date-time
             * @description Until when nothing is started; left out: until somebody resumes it
             */
            readonly until?: string;
        };
        /** @description Opens a lane, with its pools and users, whatever paused it */
        readonly OperatorResumeLane: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly action: "resume_lane";
            /** @description Name of a provider, and so of its lane */
            readonly provider: string;
        };
        /** @description Accepts no new request of any app; what was accepted goes on */
        readonly OperatorPauseSubmits: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly action: "pause_submits";
            /** @description What apps are told; left out: the usual words */
            readonly message?: string;
            /** @description After how many seconds apps are to try again; left out: 60 */
            readonly retry_after_seconds?: number;
        };
        /** @description Accepts requests again */
        readonly OperatorResumeSubmits: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly action: "resume_submits";
        };
        /** @description Accepts nothing more of a user, and cancels what is unfinished */
        readonly OperatorBlockUser: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly action: "block_user";
            /** @description A user's id or e-mail address */
            readonly user: string;
            /** @description Why, for operators; the user is not told */
            readonly reason: string;
            /**
             * Format: date-time
             * @description The end of the block; left out: until somebody ends it
             */
            readonly until?: string;
        };
        /** @description Ends a block; a ban in Auth stays */
        readonly OperatorUnblockUser: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly action: "unblock_user";
            /** @description A user's id or e-mail address */
            readonly user: string;
        };
        /** @description Sets caps in USD, all that are named or none; days and months are of UTC */
        readonly OperatorSetBudgets: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly action: "set_budgets";
            /** @description Of all requests of a day; null: no cap */
            readonly project_usd_per_day?: number | null;
            /** @description Of all requests of a month; null: no cap */
            readonly project_usd_per_month?: number | null;
            /** @description Of each provider without a cap of its own, in a day; null: no cap */
            readonly provider_usd_per_day?: number | null;
            /** @description Of each API key without a cap of its own, in a day; null: no cap */
            readonly key_usd_per_day?: number | null;
            /** @description Caps of single providers in a day, by name */
            readonly providers?: {
                readonly [key: string]: number | null;
            };
            /** @description Caps of single API keys in a day, by prefix */
            readonly keys?: {
                readonly [key: string]: number | null;
            };
        };
        /**
         * @example {
         *       "error": "unsupported_provider",
         *       "message": "Unsupported provider \"tripo\" for text-to-image; supported: openai, stability, recraft",
         *       "details": [
         *         {
         *           "field": "provider",
         *           "message": "Supported: openai, stability, recraft"
         *         }
         *       ],
         *       "request_id": "5f0a1b3c-8e1d-4a57-9d0a-1f6a2c9d7e11"
         *     }
         */
        readonly Error: {
            /**
             * @description Code
             * @enum {string}
             */
            readonly error: "invalid_request" | "unsupported_provider" | "invalid_asset" | "content_refused" | "unauthorized" | "forbidden" | "not_found" | "method_not_allowed" | "task_id_conflict" | "task_is_final" | "task_not_complete" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "quota_exceeded" | "internal_error" | "unavailable";
            /** @description What is wrong and what to do, in words for the developer */
            readonly message: string;
            /** @description What is wrong with each field */
            readonly details?: readonly {
                readonly field: string;
                readonly message: string;
            }[];
            /** @description The quota that is reached: images_per_day, models_per_day or usd_per_day */
            readonly limit?: string;
            /** @description What is used of it already */
            readonly used?: number;
            /** @description What the user's plan allows of it */
            readonly allowed?: number;
            /**
             * Format: date-time
             * @description When it begins anew
             */
            readonly resets_at?: string;
            /** @description The same as in X-Request-Id */
            readonly request_id?: string;
        };
        /** @description Input files: PNG, JPEG, WebP, up to 50 MB. */
        readonly ImageToImageByOpenai: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "openai";
            /** @description What the result is to show */
            readonly prompt: string;
            /** @description URL of a file in the project's Storage */
            readonly input_image_asset_url: string;
            /** @description Look: vivid, natural, or any other words; added to the prompt */
            readonly style?: string;
            /**
             * @description Number of images
             * @default 1
             */
            readonly n?: number;
            /**
             * @description Sent as medium or high; absent: standard
             * @enum {string}
             */
            readonly quality?: "standard" | "hd";
            /**
             * @description Width and height in pixels; absent: the shape of the input
             * @enum {string}
             */
            readonly size?: "1024x1024" | "1792x1024" | "1024x1792";
            /**
             * @description Background of the result
             * @default auto
             * @enum {string}
             */
            readonly background?: "transparent" | "opaque" | "auto";
        };
        /** @description Input files: PNG, JPEG, WebP, up to 10 MB, each side at least 64 pixels, width times height at least 4096, width times height at most 9437184, sides at most 2.5 to 1. */
        readonly ImageToImageByStability: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "stability";
            /** @description What the result is to show, in English */
            readonly prompt: string;
            /** @description URL of a file in the project's Storage */
            readonly input_image_asset_url: string;
            /**
             * @description Look
             * @enum {string}
             */
            readonly style_preset?: "enhance" | "anime" | "photographic" | "digital-art" | "comic-book" | "fantasy-art" | "line-art" | "analog-film" | "neon-punk" | "isometric" | "low-poly" | "origami" | "modeling-compound" | "cinematic" | "3d-model" | "pixel-art" | "tile-texture";
            /** @description What to avoid */
            readonly negative_prompt?: string;
            /**
             * @description Kind of file
             * @default png
             * @enum {string}
             */
            readonly output_format?: "png" | "jpeg" | "webp";
            /** @description For repeatable results; 0 means any */
            readonly seed?: number;
            /**
             * @description How closely the result follows the style of the input
             * @default 0.8
             */
            readonly fidelity?: number;
        };
        /** @description Input files: PNG, JPEG, WebP, up to 9.999999 MB, each side at least 256 pixels, each side at most 4096 pixels, width times height at most 16000000. */
        readonly ImageToImageByRecraft: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "recraft";
            /** @description What the result is to show; up to 1,000 characters for models before V4 */
            readonly prompt: string;
            /** @description URL of a file in the project's Storage */
            readonly input_image_asset_url: string;
            /**
             * @description Number of images
             * @default 1
             */
            readonly n?: number;
            /**
             * @description Model
             * @default recraftv3
             * @enum {string}
             */
            readonly model?: "recraftv3" | "recraftv3_vector" | "recraftv4" | "recraftv4_vector" | "recraftv4_pro" | "recraftv4_pro_vector" | "recraftv4_1" | "recraftv4_1_vector" | "recraftv4_1_pro" | "recraftv4_1_pro_vector" | "recraftv4_1_utility" | "recraftv4_1_utility_vector" | "recraftv4_1_utility_pro" | "recraftv4_1_utility_pro_vector" | "recraftv4_1_flash";
            /**
             * @description Style; the vector styles give SVG
             * @enum {string}
             */
            readonly style?: "any" | "realistic_image" | "digital_illustration" | "vector_illustration" | "logo_raster" | "icon";
            /** @description Substyle; ignored where the style has no such one */
            readonly substyle?: string;
            /** @description UUID of a custom style; takes the place of style and substyle; required by recraftv4_styles models */
            readonly style_id?: string;
            /**
             * @description Without effect: results are stored in any case
             * @enum {string}
             */
            readonly response_format?: "url" | "b64_json" | "png";
            /** @description What to avoid */
            readonly negative_prompt?: string;
            /**
             * @description 0 keeps the image, 1 forgets it
             * @default 0.2
             */
            readonly strength?: number;
        };
        /** @description Input files: PNG, JPEG, WebP, up to 20 MB, width times height at most 20000000. */
        readonly ImageToImageByFlux: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "flux";
            /** @description What the result is to show */
            readonly prompt: string;
            /** @description URL of a file in the project's Storage */
            readonly input_image_asset_url: string;
            /** @description Between 21:9 and 9:21; absent: the shape of the input */
            readonly aspect_ratio?: string;
            /**
             * @description Kind of file
             * @default png
             * @enum {string}
             */
            readonly output_format?: "png" | "jpeg";
            /**
             * @description 0 is the strictest; 2 at most, unless the operator allows more
             * @default 2
             */
            readonly safety_tolerance?: number;
            /**
             * @description Lets the service expand the prompt
             * @default false
             */
            readonly prompt_upsampling?: boolean;
        };
        readonly TextToImageByOpenai: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "openai";
            /** @description What the result is to show */
            readonly prompt: string;
            /** @description Look: vivid, natural, or any other words; added to the prompt */
            readonly style?: string;
            /**
             * @description Number of images
             * @default 1
             */
            readonly n?: number;
            /**
             * @description Sent as medium or high; absent: standard
             * @enum {string}
             */
            readonly quality?: "standard" | "hd";
            /**
             * @description Width and height in pixels
             * @default 1024x1024
             * @enum {string}
             */
            readonly size?: "1024x1024" | "1792x1024" | "1024x1792";
        };
        readonly TextToImageByStability: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "stability";
            /** @description What the result is to show, in English */
            readonly prompt: string;
            /**
             * @description Look
             * @enum {string}
             */
            readonly style_preset?: "enhance" | "anime" | "photographic" | "digital-art" | "comic-book" | "fantasy-art" | "line-art" | "analog-film" | "neon-punk" | "isometric" | "low-poly" | "origami" | "modeling-compound" | "cinematic" | "3d-model" | "pixel-art" | "tile-texture";
            /** @description What to avoid */
            readonly negative_prompt?: string;
            /**
             * @description Kind of file
             * @default png
             * @enum {string}
             */
            readonly output_format?: "png" | "jpeg" | "webp";
            /** @description For repeatable results; 0 means any */
            readonly seed?: number;
            /**
             * @description Shape of the result
             * @default 1:1
             * @enum {string}
             */
            readonly aspect_ratio?: "21:9" | "16:9" | "3:2" | "5:4" | "1:1" | "4:5" | "2:3" | "9:16" | "9:21";
        };
        readonly TextToImageByRecraft: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "recraft";
            /** @description What the result is to show; up to 1,000 characters for models before V4 */
            readonly prompt: string;
            /**
             * @description Number of images
             * @default 1
             */
            readonly n?: number;
            /**
             * @description Model
             * @default recraftv3
             * @enum {string}
             */
            readonly model?: "recraftv3" | "recraftv3_vector" | "recraftv2" | "recraftv2_vector" | "recraftv4" | "recraftv4_vector" | "recraftv4_pro" | "recraftv4_pro_vector" | "recraftv4_1" | "recraftv4_1_vector" | "recraftv4_1_pro" | "recraftv4_1_pro_vector" | "recraftv4_1_utility" | "recraftv4_1_utility_vector" | "recraftv4_1_utility_pro" | "recraftv4_1_utility_pro_vector" | "recraftv4_1_flash" | "recraftv4_styles" | "recraftv4_styles_vector" | "recraftv4_styles_pro" | "recraftv4_styles_pro_vector";
            /**
             * @description Style; the vector styles give SVG
             * @enum {string}
             */
            readonly style?: "any" | "realistic_image" | "digital_illustration" | "vector_illustration" | "logo_raster" | "icon";
            /** @description Substyle; ignored where the style has no such one */
            readonly substyle?: string;
            /** @description UUID of a custom style; takes the place of style and substyle; required by recraftv4_styles models */
            readonly style_id?: string;
            /**
             * @description Without effect: results are stored in any case
             * @enum {string}
             */
            readonly response_format?: "url" | "b64_json" | "png";
            /**
             * @description Width and height in pixels, or their ratio; which, depends on the model; vector models get the ratio
             * @default 1:1
             * @enum {string}
             */
            readonly size?: "1024x1024" | "2048x1024" | "1024x2048" | "1536x1024" | "1024x1536" | "1365x1024" | "1024x1365" | "1280x1024" | "1024x1280" | "1024x1707" | "1707x1024" | "1434x1024" | "1024x1434" | "1820x1024" | "1024x1820" | "1536x768" | "768x1536" | "1280x832" | "832x1280" | "1216x896" | "896x1216" | "1152x896" | "896x1152" | "832x1344" | "1280x896" | "896x1280" | "1344x768" | "768x1344" | "2048x2048" | "3072x1536" | "1536x3072" | "2560x1664" | "1664x2560" | "2432x1792" | "1792x2432" | "2304x1792" | "1792x2304" | "1664x2688" | "2560x1792" | "1792x2560" | "2688x1536" | "1536x2688" | "1:1" | "2:1" | "1:2" | "3:2" | "2:3" | "4:3" | "3:4" | "5:4" | "4:5" | "6:10" | "14:10" | "10:14" | "16:9" | "9:16";
        };
        readonly TextToModelByTripo: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "tripo";
            /** @description What the model is to be */
            readonly prompt: string;
            /** @description Look; added to the prompt in words */
            readonly style?: string;
            /**
             * @description Whether the model has a texture
             * @default true
             */
            readonly texture?: boolean;
            /**
             * @description Whether the surface is physically based; needs a texture
             * @default false
             */
            readonly pbr?: boolean;
            /**
             * @description Quality of the texture
             * @default standard
             * @enum {string}
             */
            readonly texture_quality?: "standard" | "detailed";
            /**
             * @description Version of the service's model; retired ones are mapped
             * @default v3.1-20260211
             * @enum {string}
             */
            readonly model_version?: "v3.1-20260211" | "v3.0-20250812" | "v2.5-20250123" | "P1-20260311" | "P2-20260801" | "v2.0-20240919" | "v1.4-20240625" | "v1.3-20240522" | "Turbo-v1.0-20250506" | "default";
            /** @description Most faces; what a model cannot make is mapped */
            readonly face_limit?: number;
            /**
             * @description Scales to the size in the real world
             * @default false
             */
            readonly auto_size?: boolean;
        };
        /** @description Input files: PNG, JPEG, WebP, up to 10 MB, each side at least 640 pixels, width times height at most 4194304. */
        readonly ImageToModelByStability: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "stability";
            /** @description One image */
            readonly input_image_asset_urls: readonly string[];
            /** @description Ignored by the services, which make models from images alone; kept beside the result */
            readonly prompt?: string;
            /**
             * @description Side of the texture in pixels
             * @default 1024
             * @enum {number}
             */
            readonly texture_resolution?: 512 | 1024 | 2048;
            /**
             * @description Shape of the faces
             * @default none
             * @enum {string}
             */
            readonly remesh?: "none" | "quad" | "triangle";
            /** @description Up to 1: share of the image that the object fills. Above: image by object */
            readonly foreground_ratio?: number;
            /**
             * @description What target_count counts
             * @enum {string}
             */
            readonly target_type?: "none" | "vertex" | "face";
            /** @description Vertices or faces to aim for */
            readonly target_count?: number;
            /**
             * @description How closely the model follows the image
             * @default 3
             */
            readonly guidance_scale?: number;
            /** @description For repeatable results; 0 means any */
            readonly seed?: number;
        };
        /** @description Input files: PNG, JPEG, up to 20 MB, each side at least 256 pixels. */
        readonly ImageToModelByTripo: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "tripo";
            /** @description Images: front, left, back, right; null or empty for a view that is missing */
            readonly input_image_asset_urls: readonly (string | "" | null)[];
            /** @description Ignored by the services, which make models from images alone; kept beside the result */
            readonly prompt?: string;
            /**
             * @description Whether the model has a texture
             * @default true
             */
            readonly texture?: boolean;
            /**
             * @description Whether the surface is physically based; needs a texture
             * @default false
             */
            readonly pbr?: boolean;
            /**
             * @description Quality of the texture
             * @default standard
             * @enum {string}
             */
            readonly texture_quality?: "standard" | "detailed";
            /**
             * @description Version of the service's model; retired ones are mapped
             * @default v3.1-20260211
             * @enum {string}
             */
            readonly model_version?: "v3.1-20260211" | "v3.0-20250812" | "v2.5-20250123" | "P1-20260311" | "P2-20260801" | "v2.0-20240919" | "v1.4-20240625" | "v1.3-20240522" | "Turbo-v1.0-20250506" | "default";
            /** @description Most faces; what a model cannot make is mapped */
            readonly face_limit?: number;
            /**
             * @description Scales to the size in the real world
             * @default false
             */
            readonly auto_size?: boolean;
            /**
             * @description Whether the model faces as the image does
             * @default default
             * @enum {string}
             */
            readonly orientation?: "default" | "align_image";
        };
        /** @description Input files: PNG, JPEG, WebP, up to 10 MB, each side at least 64 pixels, width times height at least 4096, width times height at most 9437184, sides at most 2.5 to 1. */
        readonly SketchToImageByStability: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "stability";
            /** @description What the result is to show, in English */
            readonly prompt: string;
            /** @description URL of a file in the project's Storage */
            readonly input_sketch_asset_url: string;
            /**
             * @description Look
             * @enum {string}
             */
            readonly style_preset?: "enhance" | "anime" | "photographic" | "digital-art" | "comic-book" | "fantasy-art" | "line-art" | "analog-film" | "neon-punk" | "isometric" | "low-poly" | "origami" | "modeling-compound" | "cinematic" | "3d-model" | "pixel-art" | "tile-texture";
            /** @description What to avoid */
            readonly negative_prompt?: string;
            /**
             * @description Kind of file
             * @default png
             * @enum {string}
             */
            readonly output_format?: "png" | "jpeg" | "webp";
            /** @description For repeatable results; 0 means any */
            readonly seed?: number;
            /**
             * @description How closely the result follows the drawing
             * @default 0.7
             */
            readonly control_strength?: number;
        };
        /** @description Input files: PNG, JPEG, WebP, up to 9.999999 MB, each side at least 256 pixels, each side at most 4096 pixels, width times height at most 16000000. */
        readonly ImageInpaintByRecraft: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "recraft";
            /** @description What the result is to show; up to 1,000 characters for models before V4 */
            readonly prompt: string;
            /** @description URL of a file in the project's Storage */
            readonly input_image_asset_url: string;
            /** @description URL of a file in the project's Storage */
            readonly input_mask_asset_url: string;
            /**
             * @description Number of images
             * @default 1
             */
            readonly n?: number;
            /**
             * @description Model
             * @default recraftv3
             * @enum {string}
             */
            readonly model?: "recraftv3" | "recraftv3_vector";
            /**
             * @description Style; the vector styles give SVG
             * @enum {string}
             */
            readonly style?: "any" | "realistic_image" | "digital_illustration" | "vector_illustration" | "logo_raster" | "icon";
            /** @description Substyle; ignored where the style has no such one */
            readonly substyle?: string;
            /** @description UUID of a custom style; takes the place of style and substyle; required by recraftv4_styles models */
            readonly style_id?: string;
            /**
             * @description Without effect: results are stored in any case
             * @enum {string}
             */
            readonly response_format?: "url" | "b64_json" | "png";
            /** @description What to avoid */
            readonly negative_prompt?: string;
        };
        /** @description Input files: PNG, JPEG, WebP, up to 10 MB, each side at least 64 pixels, width times height at most 4194304. */
        readonly RemoveBackgroundByStability: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "stability";
            /** @description URL of a file in the project's Storage */
            readonly input_image_asset_url: string;
            /**
             * @description Kind of file; JPEG cannot be transparent
             * @default png
             * @enum {string}
             */
            readonly output_format?: "png" | "webp";
        };
        /** @description Input files: PNG, JPEG, WebP, up to 9.999999 MB, each side at least 256 pixels, each side at most 4096 pixels, width times height at most 16000000. */
        readonly RemoveBackgroundByRecraft: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "recraft";
            /** @description URL of a file in the project's Storage */
            readonly input_image_asset_url: string;
            /**
             * @description Without effect: results are stored in any case
             * @enum {string}
             */
            readonly response_format?: "url" | "b64_json" | "png";
        };
        /** @description Input files: PNG, JPEG, WebP, up to 10 MB, each side at least 64 pixels, width times height at least 4096, width times height at most 9437184, sides at most 2.5 to 1. */
        readonly SearchAndRecolorByStability: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "stability";
            /** @description What the result is to show, in English */
            readonly prompt: string;
            /** @description Name of the object to find, in English */
            readonly select_prompt: string;
            /** @description URL of a file in the project's Storage */
            readonly input_image_asset_url: string;
            /**
             * @description Look
             * @enum {string}
             */
            readonly style_preset?: "enhance" | "anime" | "photographic" | "digital-art" | "comic-book" | "fantasy-art" | "line-art" | "analog-film" | "neon-punk" | "isometric" | "low-poly" | "origami" | "modeling-compound" | "cinematic" | "3d-model" | "pixel-art" | "tile-texture";
            /** @description What to avoid */
            readonly negative_prompt?: string;
            /**
             * @description Kind of file
             * @default png
             * @enum {string}
             */
            readonly output_format?: "png" | "jpeg" | "webp";
            /** @description For repeatable results; 0 means any */
            readonly seed?: number;
            /**
             * @description By how many pixels the found area grows, for softer edges
             * @default 3
             */
            readonly grow_mask?: number;
        };
        /** @description Input files: GLB, up to 50 MB. */
        readonly RefineModelByTripo: {
            /** @description Chosen by the app; makes the request safe to repeat */
            readonly task_id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            readonly provider: "tripo";
            /** @description How the surface is to look; required without a draft_model_task_id */
            readonly prompt?: string;
            /** @description URL of a file in the project's Storage */
            readonly input_model_asset_url: string;
            /** @description The provider's name of an earlier model of the user's; taken instead of the file */
            readonly draft_model_task_id?: string;
            /**
             * @description Whether the texture is made anew
             * @default true
             */
            readonly texture?: boolean;
            /**
             * @description Whether the surface is physically based
             * @default false
             */
            readonly pbr?: boolean;
            /**
             * @description Quality of the texture
             * @default standard
             * @enum {string}
             */
            readonly texture_quality?: "standard" | "detailed";
            /**
             * @description v3.5-20260815 is the newest that paints; with any other name the surface is painted by the version that fits the draft
             * @enum {string}
             */
            readonly model_version?: "v3.1-20260211" | "v3.0-20250812" | "v2.5-20250123" | "P1-20260311" | "P2-20260801" | "v2.0-20240919" | "v1.4-20240625" | "v1.3-20240522" | "Turbo-v1.0-20250506" | "default" | "v3.5-20260815";
            /** @description Ignored: only the surface changes */
            readonly face_limit?: number;
            /** @description Ignored: only the surface changes */
            readonly auto_size?: boolean;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly "image-to-image": {
        readonly parameters: {
            readonly query?: {
                /** @description true: the request is decided as ever, with the same refusals, and nothing is queued or kept: the answer says what it would cost at most, what is left of the user's quotas, and when it would be started. Its content is not moderated, where the operator has that done: a submit may be refused for it all the same. Nothing is reserved: what is left may be gone when the request is sent. */
                readonly dry_run?: "true" | "false";
            };
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ImageToImageByOpenai"] | components["schemas"]["ImageToImageByStability"] | components["schemas"]["ImageToImageByRecraft"] | components["schemas"]["ImageToImageByFlux"];
            };
        };
        readonly responses: {
            /** @description With dry_run=true: it would be accepted. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description Accepted; the same request again is answered with the same task. */
            readonly 202: {
                headers: {
                    /** @description Present when the task had been accepted before. */
                    readonly "Idempotency-Replayed"?: "true";
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description task_id_conflict, task_is_final, task_not_complete */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description payload_too_large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unsupported_media_type */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly "text-to-image": {
        readonly parameters: {
            readonly query?: {
                /** @description true: the request is decided as ever, with the same refusals, and nothing is queued or kept: the answer says what it would cost at most, what is left of the user's quotas, and when it would be started. Its content is not moderated, where the operator has that done: a submit may be refused for it all the same. Nothing is reserved: what is left may be gone when the request is sent. */
                readonly dry_run?: "true" | "false";
            };
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["TextToImageByOpenai"] | components["schemas"]["TextToImageByStability"] | components["schemas"]["TextToImageByRecraft"];
            };
        };
        readonly responses: {
            /** @description With dry_run=true: it would be accepted. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description Accepted; the same request again is answered with the same task. */
            readonly 202: {
                headers: {
                    /** @description Present when the task had been accepted before. */
                    readonly "Idempotency-Replayed"?: "true";
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description task_id_conflict, task_is_final, task_not_complete */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description payload_too_large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unsupported_media_type */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly "text-to-model": {
        readonly parameters: {
            readonly query?: {
                /** @description true: the request is decided as ever, with the same refusals, and nothing is queued or kept: the answer says what it would cost at most, what is left of the user's quotas, and when it would be started. Its content is not moderated, where the operator has that done: a submit may be refused for it all the same. Nothing is reserved: what is left may be gone when the request is sent. */
                readonly dry_run?: "true" | "false";
            };
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["TextToModelByTripo"];
            };
        };
        readonly responses: {
            /** @description With dry_run=true: it would be accepted. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description Accepted; the same request again is answered with the same task. */
            readonly 202: {
                headers: {
                    /** @description Present when the task had been accepted before. */
                    readonly "Idempotency-Replayed"?: "true";
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description task_id_conflict, task_is_final, task_not_complete */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description payload_too_large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unsupported_media_type */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly "image-to-model": {
        readonly parameters: {
            readonly query?: {
                /** @description true: the request is decided as ever, with the same refusals, and nothing is queued or kept: the answer says what it would cost at most, what is left of the user's quotas, and when it would be started. Its content is not moderated, where the operator has that done: a submit may be refused for it all the same. Nothing is reserved: what is left may be gone when the request is sent. */
                readonly dry_run?: "true" | "false";
            };
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ImageToModelByStability"] | components["schemas"]["ImageToModelByTripo"];
            };
        };
        readonly responses: {
            /** @description With dry_run=true: it would be accepted. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description Accepted; the same request again is answered with the same task. */
            readonly 202: {
                headers: {
                    /** @description Present when the task had been accepted before. */
                    readonly "Idempotency-Replayed"?: "true";
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description task_id_conflict, task_is_final, task_not_complete */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description payload_too_large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unsupported_media_type */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly "sketch-to-image": {
        readonly parameters: {
            readonly query?: {
                /** @description true: the request is decided as ever, with the same refusals, and nothing is queued or kept: the answer says what it would cost at most, what is left of the user's quotas, and when it would be started. Its content is not moderated, where the operator has that done: a submit may be refused for it all the same. Nothing is reserved: what is left may be gone when the request is sent. */
                readonly dry_run?: "true" | "false";
            };
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SketchToImageByStability"];
            };
        };
        readonly responses: {
            /** @description With dry_run=true: it would be accepted. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description Accepted; the same request again is answered with the same task. */
            readonly 202: {
                headers: {
                    /** @description Present when the task had been accepted before. */
                    readonly "Idempotency-Replayed"?: "true";
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description task_id_conflict, task_is_final, task_not_complete */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description payload_too_large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unsupported_media_type */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly "image-inpaint": {
        readonly parameters: {
            readonly query?: {
                /** @description true: the request is decided as ever, with the same refusals, and nothing is queued or kept: the answer says what it would cost at most, what is left of the user's quotas, and when it would be started. Its content is not moderated, where the operator has that done: a submit may be refused for it all the same. Nothing is reserved: what is left may be gone when the request is sent. */
                readonly dry_run?: "true" | "false";
            };
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ImageInpaintByRecraft"];
            };
        };
        readonly responses: {
            /** @description With dry_run=true: it would be accepted. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description Accepted; the same request again is answered with the same task. */
            readonly 202: {
                headers: {
                    /** @description Present when the task had been accepted before. */
                    readonly "Idempotency-Replayed"?: "true";
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description task_id_conflict, task_is_final, task_not_complete */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description payload_too_large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unsupported_media_type */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly "remove-background": {
        readonly parameters: {
            readonly query?: {
                /** @description true: the request is decided as ever, with the same refusals, and nothing is queued or kept: the answer says what it would cost at most, what is left of the user's quotas, and when it would be started. Its content is not moderated, where the operator has that done: a submit may be refused for it all the same. Nothing is reserved: what is left may be gone when the request is sent. */
                readonly dry_run?: "true" | "false";
            };
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RemoveBackgroundByStability"] | components["schemas"]["RemoveBackgroundByRecraft"];
            };
        };
        readonly responses: {
            /** @description With dry_run=true: it would be accepted. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description Accepted; the same request again is answered with the same task. */
            readonly 202: {
                headers: {
                    /** @description Present when the task had been accepted before. */
                    readonly "Idempotency-Replayed"?: "true";
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description task_id_conflict, task_is_final, task_not_complete */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description payload_too_large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unsupported_media_type */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly "search-and-recolor": {
        readonly parameters: {
            readonly query?: {
                /** @description true: the request is decided as ever, with the same refusals, and nothing is queued or kept: the answer says what it would cost at most, what is left of the user's quotas, and when it would be started. Its content is not moderated, where the operator has that done: a submit may be refused for it all the same. Nothing is reserved: what is left may be gone when the request is sent. */
                readonly dry_run?: "true" | "false";
            };
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SearchAndRecolorByStability"];
            };
        };
        readonly responses: {
            /** @description With dry_run=true: it would be accepted. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description Accepted; the same request again is answered with the same task. */
            readonly 202: {
                headers: {
                    /** @description Present when the task had been accepted before. */
                    readonly "Idempotency-Replayed"?: "true";
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description task_id_conflict, task_is_final, task_not_complete */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description payload_too_large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unsupported_media_type */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly "refine-model": {
        readonly parameters: {
            readonly query?: {
                /** @description true: the request is decided as ever, with the same refusals, and nothing is queued or kept: the answer says what it would cost at most, what is left of the user's quotas, and when it would be started. Its content is not moderated, where the operator has that done: a submit may be refused for it all the same. Nothing is reserved: what is left may be gone when the request is sent. */
                readonly dry_run?: "true" | "false";
            };
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RefineModelByTripo"];
            };
        };
        readonly responses: {
            /** @description With dry_run=true: it would be accepted. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description Accepted; the same request again is answered with the same task. */
            readonly 202: {
                headers: {
                    /** @description Present when the task had been accepted before. */
                    readonly "Idempotency-Replayed"?: "true";
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description task_id_conflict, task_is_final, task_not_complete */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description payload_too_large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unsupported_media_type */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly listTasks: {
        readonly parameters: {
            readonly query?: {
                /** @description Those of one operation only. */
                readonly operation?: "image-to-image" | "text-to-image" | "text-to-model" | "image-to-model" | "sketch-to-image" | "image-inpaint" | "remove-background" | "search-and-recolor" | "refine-model";
                /** @description Those of one status only. */
                readonly status?: "pending" | "processing" | "complete" | "failed" | "canceled";
                /** @description How many at most. */
                readonly limit?: number;
                /** @description The next_cursor of the answer before, as it is, for the tasks before those. It does not age: what is new since comes before it, and what was there is told once. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A part of them. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TaskList"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly readStatus: {
        readonly parameters: {
            readonly query?: {
                /** @description Whole seconds that the answer may wait for a change: until the version is other than that of If-None-Match, and without that header other than at first; a task that has ended is answered at once then. What has not changed is answered after the wait. */
                readonly wait?: number;
                /** @description Selects nothing; old apps send the name of a provider. */
                readonly service?: string;
            };
            readonly header?: {
                /** @description The ETag of the last answer: a task that has still this version is answered with a 304, without a body. Private results have new addresses in an answer with a body only. */
                readonly "If-None-Match"?: string;
                /** @description `wait=N` is the same as the parameter, which wins; more than 25 counts as 25, and what makes no sense is ignored. The answer says in Preference-Applied what counts. */
                readonly Prefer?: string;
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path: {
                readonly celery_task_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The task, if it is the caller's own. */
            readonly 200: {
                headers: {
                    /** @description The version, in quotes. */
                    readonly ETag: string;
                    /** @description Present when Prefer was heard: how long the answer could wait. */
                    readonly "Preference-Applied"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Status"];
                };
            };
            /** @description It has still the version that If-None-Match names. */
            readonly 304: {
                headers: {
                    /** @description The version, in quotes. */
                    readonly ETag: string;
                    /** @description Present when Prefer was heard: how long the answer could wait. */
                    readonly "Preference-Applied"?: string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly cancel: {
        readonly parameters: {
            readonly query?: {
                /** @description true: deletes the task for good, in whatever state it is, with its results, its rows in concept_images and models, and what was asked for. What a provider already works on is shown no more from now on, and is gone when the provider has ended it. Its files are gone within a minute or so. Sent again it is a 404, as any id that is not the caller's. There is no 409 with it. */
                readonly purge?: "true" | "false";
            };
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path: {
                readonly celery_task_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is canceled, now or before; or it is deleted. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Canceled"] | components["schemas"]["Purged"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description task_id_conflict, task_is_final, task_not_complete */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly report: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path: {
                readonly celery_task_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Report"];
            };
        };
        readonly responses: {
            /** @description It is reported, now or before. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Reported"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description task_id_conflict, task_is_final, task_not_complete */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description payload_too_large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unsupported_media_type */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly listTasksByFunctionName: {
        readonly parameters: {
            readonly query?: {
                /** @description Those of one operation only. */
                readonly operation?: "image-to-image" | "text-to-image" | "text-to-model" | "image-to-model" | "sketch-to-image" | "image-inpaint" | "remove-background" | "search-and-recolor" | "refine-model";
                /** @description Those of one status only. */
                readonly status?: "pending" | "processing" | "complete" | "failed" | "canceled";
                /** @description How many at most. */
                readonly limit?: number;
                /** @description The next_cursor of the answer before, as it is, for the tasks before those. It does not age: what is new since comes before it, and what was there is told once. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A part of them. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TaskList"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly readStatusByFunctionName: {
        readonly parameters: {
            readonly query?: {
                /** @description Whole seconds that the answer may wait for a change: until the version is other than that of If-None-Match, and without that header other than at first; a task that has ended is answered at once then. What has not changed is answered after the wait. */
                readonly wait?: number;
            };
            readonly header?: {
                /** @description The ETag of the last answer: a task that has still this version is answered with a 304, without a body. Private results have new addresses in an answer with a body only. */
                readonly "If-None-Match"?: string;
                /** @description `wait=N` is the same as the parameter, which wins; more than 25 counts as 25, and what makes no sense is ignored. The answer says in Preference-Applied what counts. */
                readonly Prefer?: string;
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path: {
                readonly celery_task_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The task, if it is the caller's own. */
            readonly 200: {
                headers: {
                    /** @description The version, in quotes. */
                    readonly ETag: string;
                    /** @description Present when Prefer was heard: how long the answer could wait. */
                    readonly "Preference-Applied"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Status"];
                };
            };
            /** @description It has still the version that If-None-Match names. */
            readonly 304: {
                headers: {
                    /** @description The version, in quotes. */
                    readonly ETag: string;
                    /** @description Present when Prefer was heard: how long the answer could wait. */
                    readonly "Preference-Applied"?: string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly cancelByFunctionName: {
        readonly parameters: {
            readonly query?: {
                /** @description true: deletes the task for good, in whatever state it is, with its results, its rows in concept_images and models, and what was asked for. What a provider already works on is shown no more from now on, and is gone when the provider has ended it. Its files are gone within a minute or so. Sent again it is a 404, as any id that is not the caller's. There is no 409 with it. */
                readonly purge?: "true" | "false";
            };
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path: {
                readonly celery_task_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is canceled, now or before; or it is deleted. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Canceled"] | components["schemas"]["Purged"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description task_id_conflict, task_is_final, task_not_complete */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly reportByFunctionName: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path: {
                readonly celery_task_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Report"];
            };
        };
        readonly responses: {
            /** @description It is reported, now or before. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Reported"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description not_found */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description task_id_conflict, task_is_final, task_not_complete */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description payload_too_large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unsupported_media_type */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly readAccount: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The account. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Account"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly deleteAccount: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is deleted, now or before. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AccountDeleted"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly availability: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What can be asked for. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Availability"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly health: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The worker's secret, for the operator: versions, problems, and the reason of a 503. Also as `Authorization: Bearer`. */
                readonly apikey?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description They can. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly metrics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Prometheus' text format, version 0.0.4. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": string;
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly readOperator: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What goes on. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Operator"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly operate: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Where the request belongs in the app's own tracing (https://www.w3.org/TR/trace-context/): its trace id is in every log line of the request, and of the work on a task that it submits. It goes on to the project's Storage and Auth, and to no provider. One that is not valid is ignored, and so is `tracestate`. */
                readonly traceparent?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["OperatorPauseLane"] | components["schemas"]["OperatorResumeLane"] | components["schemas"]["OperatorPauseSubmits"] | components["schemas"]["OperatorResumeSubmits"] | components["schemas"]["OperatorBlockUser"] | components["schemas"]["OperatorUnblockUser"] | components["schemas"]["OperatorSetBudgets"];
            };
        };
        readonly responses: {
            /** @description It is done, and logged. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OperatorAction"];
                };
            };
            /** @description invalid_request, unsupported_provider, invalid_asset, content_refused */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unauthorized */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description forbidden */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description payload_too_large */
            readonly 413: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unsupported_media_type */
            readonly 415: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description rate_limited, quota_exceeded */
            readonly 429: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description internal_error */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
            /** @description unavailable */
            readonly 503: {
                headers: {
                    /** @description After how many seconds to try again. */
                    readonly "Retry-After": number;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly openapi: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description OpenAPI 3.1. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": Record<string, never>;
                };
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly llms: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The ETag of an earlier answer: a text that is still the same is answered with a 304. */
                readonly "If-None-Match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Markdown. */
            readonly 200: {
                headers: {
                    /** @description Of this text; another one, where a deploy has changed it. */
                    readonly ETag: string;
                    /** @description For how long anybody may keep it. */
                    readonly "Cache-Control": "public, max-age=300";
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": string;
                };
            };
            /** @description It is still the text of If-None-Match. */
            readonly 304: {
                headers: {
                    /** @description Of this text; another one, where a deploy has changed it. */
                    readonly ETag: string;
                    /** @description For how long anybody may keep it. */
                    readonly "Cache-Control": "public, max-age=300";
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readonly llmsFull: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The ETag of an earlier answer: a text that is still the same is answered with a 304. */
                readonly "If-None-Match"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Markdown. */
            readonly 200: {
                headers: {
                    /** @description Of this text; another one, where a deploy has changed it. */
                    readonly ETag: string;
                    /** @description For how long anybody may keep it. */
                    readonly "Cache-Control": "public, max-age=300";
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": string;
                };
            };
            /** @description It is still the text of If-None-Match. */
            readonly 304: {
                headers: {
                    /** @description Of this text; another one, where a deploy has changed it. */
                    readonly ETag: string;
                    /** @description For how long anybody may keep it. */
                    readonly "Cache-Control": "public, max-age=300";
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description method_not_allowed */
            readonly 405: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
