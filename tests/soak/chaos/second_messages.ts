import type postgres from "postgres";

const INTERVAL_MILLISECONDS = 500;

/**
 * Has every message that a worker may be given delivered twice: sends a second one whenever a task
 * gets one, and shows those again whose worker is at it.
 */
export class SecondMessages {
  readonly #sql: postgres.Sql;
  readonly #timer: ReturnType<typeof setInterval>;
  #shown = 0;

  private constructor(sql: postgres.Sql) {
    this.#sql = sql;
    this.#timer = setInterval(() => this.#show(), INTERVAL_MILLISECONDS);
  }

  static async start(sql: postgres.Sql): Promise<SecondMessages> {
    await sql.unsafe(`
      create schema chaos;
      create sequence chaos.sent;
      create function chaos.send_again() returns trigger
      language plpgsql security definer set search_path = '' as $$
      begin
        perform pgmq.send(new.queue, jsonb_build_object('task_id', new.id));
        perform nextval('chaos.sent');
        return null;
      end;
      $$;
      create trigger send_again after insert or update of message_id on public.tasks for each row
      when (new.message_id is not null)
      execute function chaos.send_again();
    `).simple();
    return new SecondMessages(sql);
  }

  /** How many second messages were sent, and how often one was shown while its worker was at it. */
  async count(): Promise<{ readonly sent: number; readonly shown: number }> {
    const [row] = await this.#sql<{ sent: number }[]>`
      select last_value::integer as sent from chaos.sent
    `;
    return { sent: row?.sent ?? 0, shown: this.#shown };
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #show(): Promise<void> {
    try {
      const rows = await this.#sql`
        select pgmq.set_vt(queue, message_id, 0) from public.tasks
        where lease_expires_at > clock_timestamp()
      `;
      this.#shown += rows.length;
    } catch {
      // The database is restarting.
    }
  }
}
