export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  "private": {
    Tables: {
      "api_keys": {
        Row: {
          "active": boolean;
          "allowed_operations": (string)[] | null;
          "client_name": string;
          "created_at": string;
          "expires_at": string | null;
          "id": string;
          "key_hash": string;
          "last_used_at": string | null;
          "prefix": string;
          "submits_per_minute": number | null;
        };
        ComputedFields: never;
        Insert: {
          "active"?: boolean;
          "allowed_operations"?: (string)[] | null;
          "client_name": string;
          "created_at"?: string;
          "expires_at"?: string | null;
          "id"?: string;
          "key_hash": string;
          "last_used_at"?: string | null;
          "prefix": string;
          "submits_per_minute"?: number | null;
        };
        Update: {
          "active"?: boolean;
          "allowed_operations"?: (string)[] | null;
          "client_name"?: string;
          "created_at"?: string;
          "expires_at"?: string | null;
          "id"?: string;
          "key_hash"?: string;
          "last_used_at"?: string | null;
          "prefix"?: string;
          "submits_per_minute"?: number | null;
        };
        Relationships: [];
      };
      "dead_messages": {
        Row: {
          "died_at": string;
          "id": number;
          "message": NonNullable<Json>;
          "put_back_at": string | null;
          "queue": string;
          "reason": string;
          "task_id": string | null;
        };
        ComputedFields: never;
        Insert: {
          "died_at"?: string;
          "id"?: never;
          "message": NonNullable<Json>;
          "put_back_at"?: string | null;
          "queue": string;
          "reason": string;
          "task_id"?: string | null;
        };
        Update: {
          "died_at"?: string;
          "id"?: never;
          "message"?: NonNullable<Json>;
          "put_back_at"?: string | null;
          "queue"?: string;
          "reason"?: string;
          "task_id"?: string | null;
        };
        Relationships: [];
      };
      "key_submits": {
        Row: {
          "api_key_id": string;
          "second": string;
          "submits": number;
        };
        ComputedFields: never;
        Insert: {
          "api_key_id": string;
          "second": string;
          "submits": number;
        };
        Update: {
          "api_key_id"?: string;
          "second"?: string;
          "submits"?: number;
        };
        Relationships: [
          {
            foreignKeyName: "key_submits_api_key_id_fkey";
            columns: ["api_key_id"];
            isOneToOne: false;
            referencedRelation: "api_keys";
            referencedColumns: ["id"];
          },
        ];
      };
      "lanes": {
        Row: {
          "failures_in_row": number;
          "max_in_flight": number;
          "paused_until": string | null;
          "per_minute": number | null;
          "provider": string;
          "repeat_ambiguous": number;
          "free_slots": number | null;
          "free_units": number | null;
        };
        ComputedFields: "free_slots" | "free_units";
        Insert: {
          "failures_in_row"?: number;
          "max_in_flight": number;
          "paused_until"?: string | null;
          "per_minute"?: number | null;
          "provider": string;
          "repeat_ambiguous"?: number;
        };
        Update: {
          "failures_in_row"?: number;
          "max_in_flight"?: number;
          "paused_until"?: string | null;
          "per_minute"?: number | null;
          "provider"?: string;
          "repeat_ambiguous"?: number;
        };
        Relationships: [];
      };
      "limits": {
        Row: {
          "key_submits_per_minute": number | null;
          "only_row": boolean;
          "user_active_tasks": number | null;
          "user_submits_per_minute": number | null;
        };
        ComputedFields: never;
        Insert: {
          "key_submits_per_minute"?: number | null;
          "only_row"?: boolean;
          "user_active_tasks"?: number | null;
          "user_submits_per_minute"?: number | null;
        };
        Update: {
          "key_submits_per_minute"?: number | null;
          "only_row"?: boolean;
          "user_active_tasks"?: number | null;
          "user_submits_per_minute"?: number | null;
        };
        Relationships: [];
      };
      "provider_calls": {
        Row: {
          "attempt": number;
          "called_at": string | null;
          "cost_usd": number | null;
          "error_code": string | null;
          "finished_at": string | null;
          "handle": string | null;
          "id": number;
          "model": string | null;
          "operation": string;
          "outcome": string | null;
          "provider": string;
          "provider_request_id": string | null;
          "started_at": string;
          "task_id": string | null;
          "units": number;
        };
        ComputedFields: never;
        Insert: {
          "attempt": number;
          "called_at"?: string | null;
          "cost_usd"?: number | null;
          "error_code"?: string | null;
          "finished_at"?: string | null;
          "handle"?: string | null;
          "id"?: never;
          "model"?: string | null;
          "operation": string;
          "outcome"?: string | null;
          "provider": string;
          "provider_request_id"?: string | null;
          "started_at"?: string;
          "task_id"?: string | null;
          "units": number;
        };
        Update: {
          "attempt"?: number;
          "called_at"?: string | null;
          "cost_usd"?: number | null;
          "error_code"?: string | null;
          "finished_at"?: string | null;
          "handle"?: string | null;
          "id"?: never;
          "model"?: string | null;
          "operation"?: string;
          "outcome"?: string | null;
          "provider"?: string;
          "provider_request_id"?: string | null;
          "started_at"?: string;
          "task_id"?: string | null;
          "units"?: number;
        };
        Relationships: [];
      };
      "retention": {
        Row: {
          "keep": string | null;
          "kind": string;
        };
        ComputedFields: never;
        Insert: {
          "keep"?: string | null;
          "kind": string;
        };
        Update: {
          "keep"?: string | null;
          "kind"?: string;
        };
        Relationships: [];
      };
      "sweeps": {
        Row: {
          "every": string;
          "kind": string;
          "swept_at": string;
        };
        ComputedFields: never;
        Insert: {
          "every": string;
          "kind": string;
          "swept_at"?: string;
        };
        Update: {
          "every"?: string;
          "kind"?: string;
          "swept_at"?: string;
        };
        Relationships: [];
      };
      "task_errors": {
        Row: {
          "code": string;
          "message": string;
        };
        ComputedFields: never;
        Insert: {
          "code": string;
          "message": string;
        };
        Update: {
          "code"?: string;
          "message"?: string;
        };
        Relationships: [];
      };
      "workers": {
        Row: {
          "id": string;
          "seen_at": string;
          "started_at": string;
        };
        ComputedFields: never;
        Insert: {
          "id": string;
          "seen_at"?: string;
          "started_at"?: string;
        };
        Update: {
          "id"?: string;
          "seen_at"?: string;
          "started_at"?: string;
        };
        Relationships: [];
      };
    };
    Views: {
      "orphans": {
        Row: {
          "count": number | null;
          "kind": string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
    };
    Functions: {
      "act_as": { Args: { "p_user_id": string }; Returns: undefined };
      "add_lane": {
        Args: {
          "p_max_in_flight": number;
          "p_per_minute"?: number;
          "p_provider": string;
          "p_repeat_ambiguous"?: number;
        };
        Returns: undefined;
      };
      "archive_orphan": { Args: { "p_message_id": number; "p_queue": string }; Returns: undefined };
      "asset_status": { Args: { "p_asset_url": string; "p_task_status": string }; Returns: string };
      "begin_call": { Args: { "p_lease": number; "p_task_id": string }; Returns: boolean };
      "billed": {
        Args: {
          "p_task": Omit<
            Database["public"]["Tables"]["tasks"]["Row"],
            Database["public"]["Tables"]["tasks"]["ComputedFields"]
          >;
        };
        Returns: string;
      };
      "bury": {
        Args: { "p_message": Json; "p_queue": string; "p_reason": string; "p_task_id": string };
        Returns: undefined;
      };
      "bury_orphans": { Args: Record<PropertyKey, never>; Returns: number };
      "cancel_task": {
        Args: { "p_task_id": string; "p_user_id": string };
        Returns: {
          "billed": string;
          "canceled": boolean;
          "status": string;
        }[];
      };
      "check_limits": {
        Args: { "p_api_key_id": string; "p_user_id": string };
        Returns: Record<string, unknown>;
      };
      "claim_polls": {
        Args: { "p_lease_seconds": number; "p_limit": number };
        Returns: Database["public"]["Tables"]["tasks"]["Row"][];
        SetofOptions: {
          from: "*";
          to: "tasks";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "claim_starts": {
        Args: {
          "p_lane": Omit<
            Database["private"]["Tables"]["lanes"]["Row"],
            Database["private"]["Tables"]["lanes"]["ComputedFields"]
          >;
          "p_lease_seconds": number;
          "p_limit": number;
        };
        Returns: Database["public"]["Tables"]["tasks"]["Row"][];
        SetofOptions: {
          from: "*";
          to: "tasks";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "claim_tasks": {
        Args: { "p_lease_seconds": number; "p_limit": number; "p_worker_id"?: string };
        Returns: Database["public"]["Tables"]["tasks"]["Row"][];
        SetofOptions: {
          from: "*";
          to: "tasks";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "close_lost_call": { Args: { "p_task_id": string }; Returns: undefined };
      "close_task": {
        Args: {
          "p_asset_urls"?: (string)[];
          "p_detail"?: string;
          "p_error_code"?: string;
          "p_status": string;
          "p_task_id": string;
        };
        Returns: undefined;
      };
      "complete_task": {
        Args: {
          "p_asset_urls": (string)[];
          "p_call": Json;
          "p_lease": number;
          "p_task_id": string;
        };
        Returns: boolean;
      };
      "connect_worker": { Args: { "p_secret": string; "p_url": string }; Returns: undefined };
      "count_key_submit": {
        Args: { "p_allowed": number; "p_api_key_id": string };
        Returns: Record<string, unknown>;
      };
      "create_asset_rows": {
        Args: {
          "p_celery_task_id": string;
          "p_count": number;
          "p_metadata": Json;
          "p_output": string;
          "p_parameters": Json;
          "p_task_id": string;
          "p_user_id": string;
        };
        Returns: undefined;
      };
      "delete_archived_messages": {
        Args: { "p_batch": number; "p_before": string };
        Returns: number;
      };
      "delete_dead_messages": { Args: { "p_batch": number; "p_before": string }; Returns: number };
      "delete_finished_tasks": { Args: { "p_batch": number; "p_before": string }; Returns: number };
      "delete_old": {
        Args: { "p_batch": number; "p_before": string; "p_kind": string };
        Returns: number;
      };
      "delete_provider_calls": { Args: { "p_batch": number; "p_before": string }; Returns: number };
      "delete_schedule_runs": { Args: { "p_batch": number; "p_before": string }; Returns: number };
      "differing_keys": { Args: { "p_left": Json; "p_right": Json }; Returns: (string)[] };
      "end_turn": { Args: { "p_provider": string; "p_user_id": string }; Returns: undefined };
      "expire_tasks": { Args: Record<PropertyKey, never>; Returns: number };
      "extend_leases": {
        Args: {
          "p_lease_seconds": number;
          "p_leases": (number)[];
          "p_task_ids": (string)[];
          "p_worker_id"?: string;
        };
        Returns: string[];
      };
      "fail_task": {
        Args: {
          "p_call": Json;
          "p_detail": string;
          "p_error_code": string;
          "p_lease": number;
          "p_task_id": string;
        };
        Returns: boolean;
      };
      "find_asset": {
        Args: { "p_bucket": string; "p_path": string; "p_user_id": string };
        Returns: Json;
      };
      "find_live_task": {
        Args: {
          "p_client_task_id": string;
          "p_operation": string;
          "p_parameters": Json;
          "p_provider": string;
          "p_user_id": string;
        };
        Returns: Record<string, unknown>;
      };
      "free_probes": { Args: { "p_provider": string }; Returns: number };
      "free_slots": {
        Args: {
          "p_lane": Omit<
            Database["private"]["Tables"]["lanes"]["Row"],
            Database["private"]["Tables"]["lanes"]["ComputedFields"]
          >;
        };
        Returns: number;
      };
      "free_units": {
        Args: {
          "p_lane": Omit<
            Database["private"]["Tables"]["lanes"]["Row"],
            Database["private"]["Tables"]["lanes"]["ComputedFields"]
          >;
        };
        Returns: number;
      };
      "has_due_work": { Args: Record<PropertyKey, never>; Returns: boolean };
      "has_unsettled": { Args: { "p_user_id": string }; Returns: boolean };
      "holds_lease": { Args: { "p_lease": number; "p_task_id": string }; Returns: boolean };
      "install_schedule": { Args: Record<PropertyKey, never>; Returns: string[] };
      "is_live": { Args: { "p_seen_at": string }; Returns: boolean };
      "is_trouble": { Args: { "p_error_code": string }; Returns: boolean };
      "known_outcome": { Args: { "p_called_at": string; "p_outcome": string }; Returns: string };
      "live_workers": { Args: Record<PropertyKey, never>; Returns: number };
      "lock_claimable": {
        Args: { "p_message_id": number; "p_queue": string };
        Returns: Database["public"]["Tables"]["tasks"]["Row"];
        SetofOptions: {
          from: "*";
          to: "tasks";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "lock_turn": { Args: { "p_provider": string; "p_user_id": string }; Returns: undefined };
      "lock_user": { Args: { "p_user_id": string }; Returns: undefined };
      "lost_turns": {
        Args: Record<PropertyKey, never>;
        Returns: {
          "provider": string;
          "user_id": string;
        }[];
      };
      "may_repeat": { Args: { "p_task_id": string }; Returns: boolean };
      "may_wake": { Args: { "p_max_workers"?: number }; Returns: boolean };
      "move_message": {
        Args: {
          "p_delay_seconds"?: number;
          "p_queue": string;
          "p_task": Omit<
            Database["public"]["Tables"]["tasks"]["Row"],
            Database["public"]["Tables"]["tasks"]["ComputedFields"]
          >;
        };
        Returns: undefined;
      };
      "next_claimable": {
        Args: { "p_lease_seconds": number; "p_queue": string };
        Returns: Database["public"]["Tables"]["tasks"]["Row"];
        SetofOptions: {
          from: "*";
          to: "tasks";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "note_call": {
        Args: { "p_error_code": string; "p_provider": string; "p_retry_after_seconds": number };
        Returns: undefined;
      };
      "note_worker": { Args: { "p_worker_id": string }; Returns: undefined };
      "orphan_counts": {
        Args: { "p_bucket"?: string };
        Returns: {
          "count": number;
          "kind": string;
        }[];
      };
      "orphaned_files": { Args: { "p_bucket": string; "p_limit"?: number }; Returns: string[] };
      "orphaned_files_if_due": {
        Args: { "p_bucket": string; "p_limit": number };
        Returns: string[];
      };
      "orphaned_messages": { Args: { "p_queue": string }; Returns: number[] };
      "owns_provider_task": {
        Args: { "p_provider_task_id": string; "p_user_id": string };
        Returns: boolean;
      };
      "pause_lane": { Args: { "p_provider": string; "p_seconds": number }; Returns: undefined };
      "pause_seconds": {
        Args: { "p_error_code": string; "p_failures": number; "p_retry_after_seconds": number };
        Returns: number;
      };
      "polls_queue": { Args: { "p_provider": string }; Returns: string };
      "put_back": { Args: { "p_message_id": number; "p_queue": string }; Returns: undefined };
      "put_back_dead": { Args: { "p_id": number }; Returns: string };
      "queue_of_next": { Args: { "p_provider": string; "p_user_id": string }; Returns: string };
      "queues": { Args: Record<PropertyKey, never>; Returns: string[] };
      "read_task": {
        Args: { "p_task_id": string; "p_user_id": string };
        Returns: {
          "asset_urls": (string)[];
          "client_task_id": string;
          "created_at": string;
          "error": string;
          "error_code": string;
          "finished_at": string;
          "id": string;
          "operation": string;
          "progress": number;
          "provider": string;
          "started_at": string;
          "status": string;
        }[];
      };
      "record_call": {
        Args: { "p_call": Json; "p_error_code"?: string; "p_handle"?: string; "p_task_id": string };
        Returns: undefined;
      };
      "restore_messages": { Args: Record<PropertyKey, never>; Returns: number };
      "restore_turns": { Args: Record<PropertyKey, never>; Returns: number };
      "retire_worker": { Args: { "p_worker_id": string }; Returns: undefined };
      "retry_task": {
        Args: {
          "p_call": Json;
          "p_delay_seconds": number;
          "p_detail": string;
          "p_error_code": string;
          "p_lease": number;
          "p_task_id": string;
        };
        Returns: boolean;
      };
      "schedule_problems": { Args: Record<PropertyKey, never>; Returns: string[] };
      "scheduled_jobs": {
        Args: Record<PropertyKey, never>;
        Returns: {
          "command": string;
          "name": string;
          "schedule": string;
        }[];
      };
      "snooze_task": {
        Args: {
          "p_call": Json;
          "p_delay_seconds": number;
          "p_handle": string;
          "p_lease": number;
          "p_progress": number;
          "p_task_id": string;
        };
        Returns: boolean;
      };
      "start_lease": {
        Args: { "p_lease_seconds": number; "p_task_id": string };
        Returns: Database["public"]["Tables"]["tasks"]["Row"];
        SetofOptions: {
          from: "*";
          to: "tasks";
          isOneToOne: true;
          isSetofReturn: false;
        };
      };
      "submit_task": {
        Args: {
          "p_api_key_id"?: string;
          "p_client_task_id": string;
          "p_input_bytes"?: number;
          "p_is_limited"?: boolean;
          "p_operation": string;
          "p_output": string;
          "p_parameters": Json;
          "p_provider": string;
          "p_request_id": string;
          "p_result_count": number;
          "p_time_limit_seconds": number;
          "p_user_id": string;
        };
        Returns: Record<string, unknown>;
      };
      "sweep": {
        Args: Record<PropertyKey, never>;
        Returns: {
          "buried_messages": number;
          "restored_messages": number;
          "restored_turns": number;
        }[];
      };
      "sweep_if_due": { Args: Record<PropertyKey, never>; Returns: undefined };
      "take_sweep": { Args: { "p_kind": string }; Returns: boolean };
      "task_of_file": { Args: { "p_name": string }; Returns: string };
      "tasks_without_message": {
        Args: { "p_queue": string };
        Returns: Database["public"]["Tables"]["tasks"]["Row"][];
        SetofOptions: {
          from: "*";
          to: "tasks";
          isOneToOne: false;
          isSetofReturn: true;
        };
      };
      "tidy": {
        Args: { "p_batch"?: number };
        Returns: {
          "deleted": number;
          "kind": string;
        }[];
      };
      "time_out_task": { Args: { "p_task_id": string }; Returns: undefined };
      "vault_secret": { Args: { "p_name": string }; Returns: string };
      "waiting_queue": { Args: { "p_provider": string }; Returns: string };
      "wake_worker": { Args: Record<PropertyKey, never>; Returns: string };
    };
    Enums: {
      [_ in never]: never;
    };
    CompositeTypes: {
      [_ in never]: never;
    };
  };
  "public": {
    Tables: {
      "concept_images": {
        Row: {
          "ai_service_task_id": string | null;
          "asset_url": string | null;
          "celery_task_id": string;
          "created_at": string;
          "id": string;
          "metadata": NonNullable<Json>;
          "prompt": string | null;
          "result_index": number;
          "source_input_asset_id": string | null;
          "status": string;
          "style": string | null;
          "task_id": string;
          "user_id": string;
        };
        ComputedFields: never;
        Insert: {
          "ai_service_task_id"?: string | null;
          "asset_url"?: string | null;
          "celery_task_id": string;
          "created_at"?: string;
          "id"?: string;
          "metadata"?: NonNullable<Json>;
          "prompt"?: string | null;
          "result_index": number;
          "source_input_asset_id"?: string | null;
          "status"?: string;
          "style"?: string | null;
          "task_id": string;
          "user_id": string;
        };
        Update: {
          "ai_service_task_id"?: string | null;
          "asset_url"?: string | null;
          "celery_task_id"?: string;
          "created_at"?: string;
          "id"?: string;
          "metadata"?: NonNullable<Json>;
          "prompt"?: string | null;
          "result_index"?: number;
          "source_input_asset_id"?: string | null;
          "status"?: string;
          "style"?: string | null;
          "task_id"?: string;
          "user_id"?: string;
        };
        Relationships: [
          {
            foreignKeyName: "concept_images_celery_task_id_fkey";
            columns: ["celery_task_id"];
            isOneToOne: false;
            referencedRelation: "tasks";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "concept_images_source_input_asset_id_fkey";
            columns: ["source_input_asset_id"];
            isOneToOne: false;
            referencedRelation: "input_assets";
            referencedColumns: ["id"];
          },
        ];
      };
      "input_assets": {
        Row: {
          "asset_url": string;
          "created_at": string;
          "id": string;
          "metadata": NonNullable<Json>;
          "task_id": string | null;
          "user_id": string;
        };
        ComputedFields: never;
        Insert: {
          "asset_url": string;
          "created_at"?: string;
          "id"?: string;
          "metadata"?: NonNullable<Json>;
          "task_id"?: string | null;
          "user_id"?: string;
        };
        Update: {
          "asset_url"?: string;
          "created_at"?: string;
          "id"?: string;
          "metadata"?: NonNullable<Json>;
          "task_id"?: string | null;
          "user_id"?: string;
        };
        Relationships: [];
      };
      "models": {
        Row: {
          "ai_service_task_id": string | null;
          "asset_url": string | null;
          "celery_task_id": string;
          "created_at": string;
          "id": string;
          "metadata": NonNullable<Json>;
          "prompt": string | null;
          "result_index": number;
          "source_concept_image_id": string | null;
          "source_input_asset_id": string | null;
          "status": string;
          "style": string | null;
          "task_id": string;
          "user_id": string;
        };
        ComputedFields: never;
        Insert: {
          "ai_service_task_id"?: string | null;
          "asset_url"?: string | null;
          "celery_task_id": string;
          "created_at"?: string;
          "id"?: string;
          "metadata"?: NonNullable<Json>;
          "prompt"?: string | null;
          "result_index": number;
          "source_concept_image_id"?: string | null;
          "source_input_asset_id"?: string | null;
          "status"?: string;
          "style"?: string | null;
          "task_id": string;
          "user_id": string;
        };
        Update: {
          "ai_service_task_id"?: string | null;
          "asset_url"?: string | null;
          "celery_task_id"?: string;
          "created_at"?: string;
          "id"?: string;
          "metadata"?: NonNullable<Json>;
          "prompt"?: string | null;
          "result_index"?: number;
          "source_concept_image_id"?: string | null;
          "source_input_asset_id"?: string | null;
          "status"?: string;
          "style"?: string | null;
          "task_id"?: string;
          "user_id"?: string;
        };
        Relationships: [
          {
            foreignKeyName: "models_celery_task_id_fkey";
            columns: ["celery_task_id"];
            isOneToOne: false;
            referencedRelation: "tasks";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "models_source_concept_image_id_fkey";
            columns: ["source_concept_image_id"];
            isOneToOne: false;
            referencedRelation: "concept_images";
            referencedColumns: ["id"];
          },
          {
            foreignKeyName: "models_source_input_asset_id_fkey";
            columns: ["source_input_asset_id"];
            isOneToOne: false;
            referencedRelation: "input_assets";
            referencedColumns: ["id"];
          },
        ];
      };
      "tasks": {
        Row: {
          "accepted_at": string | null;
          "asset_urls": (string)[];
          "claims_without_outcome": number;
          "client_task_id": string;
          "created_at": string;
          "deadline_at": string;
          "error": string | null;
          "error_code": string | null;
          "failed_attempts": number;
          "finished_at": string | null;
          "handle": string | null;
          "id": string;
          "input_bytes": number;
          "last_error": string | null;
          "lease": number;
          "lease_expires_at": string | null;
          "message_id": number | null;
          "operation": string;
          "output": string;
          "parameters": NonNullable<Json>;
          "progress": number | null;
          "provider": string;
          "provider_task_id": string | null;
          "queue": string;
          "request_id": string;
          "result_count": number;
          "started_at": string | null;
          "status": string;
          "user_id": string;
        };
        ComputedFields: never;
        Insert: {
          "accepted_at"?: string | null;
          "asset_urls"?: (string)[];
          "claims_without_outcome"?: number;
          "client_task_id": string;
          "created_at"?: string;
          "deadline_at": string;
          "error"?: string | null;
          "error_code"?: string | null;
          "failed_attempts"?: number;
          "finished_at"?: string | null;
          "handle"?: string | null;
          "id"?: string;
          "input_bytes"?: number;
          "last_error"?: string | null;
          "lease"?: number;
          "lease_expires_at"?: string | null;
          "message_id"?: number | null;
          "operation": string;
          "output": string;
          "parameters": NonNullable<Json>;
          "progress"?: number | null;
          "provider": string;
          "provider_task_id"?: string | null;
          "queue": string;
          "request_id": string;
          "result_count": number;
          "started_at"?: string | null;
          "status"?: string;
          "user_id": string;
        };
        Update: {
          "accepted_at"?: string | null;
          "asset_urls"?: (string)[];
          "claims_without_outcome"?: number;
          "client_task_id"?: string;
          "created_at"?: string;
          "deadline_at"?: string;
          "error"?: string | null;
          "error_code"?: string | null;
          "failed_attempts"?: number;
          "finished_at"?: string | null;
          "handle"?: string | null;
          "id"?: string;
          "input_bytes"?: number;
          "last_error"?: string | null;
          "lease"?: number;
          "lease_expires_at"?: string | null;
          "message_id"?: number | null;
          "operation"?: string;
          "output"?: string;
          "parameters"?: NonNullable<Json>;
          "progress"?: number | null;
          "provider"?: string;
          "provider_task_id"?: string | null;
          "queue"?: string;
          "request_id"?: string;
          "result_count"?: number;
          "started_at"?: string | null;
          "status"?: string;
          "user_id"?: string;
        };
        Relationships: [];
      };
    };
    Views: {
      [_ in never]: never;
    };
    Functions: {
      [_ in never]: never;
    };
    Enums: {
      [_ in never]: never;
    };
    CompositeTypes: {
      [_ in never]: never;
    };
  };
};

type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">];

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof (
      & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
      & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"]
    )
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals } ? (
    & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    & DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"]
  )[TableName] extends {
    Row: infer R;
  } ? R
  : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R;
    } ? R
    : never
  : never;

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends
    {
      Insert: infer I;
    } ? I
  : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I;
    } ? I
    : never
  : never;

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends
    {
      Update: infer U;
    } ? U
  : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
    ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U;
    } ? U
    : never
  : never;

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
    ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never;

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  } ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][
    CompositeTypeName
  ]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
    ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never;

export const Constants = {
  "private": {
    Enums: {},
  },
  "public": {
    Enums: {},
  },
} as const;
