-- Submits are cheaper, alerts come as messages and know more, metrics can be read, and a batch of what is
-- deleted is as long as it may be.

set local lock_timeout = '2s';

-- Made anew below, with one parameter more, which old callers leave out.
drop function private.submit_task(
  uuid, text, text, text, jsonb, text, integer, integer, text, bigint, uuid, boolean, integer, text,
  integer, jsonb, text, numeric, numeric, text, boolean
);

-- Called by functions in SQL only, and they are replaced below.
drop function private.expected_wait(text, text, bigint, integer);
drop function private.create_asset_rows(uuid, uuid, text, text, integer, jsonb, jsonb);
drop function private.most_in_stripe(private.spending_caps);
drop function private.next_turn(bigint, bigint, integer, integer);
