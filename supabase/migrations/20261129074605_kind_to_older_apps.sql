-- Columns of the API's first version for input_assets, and a code for a prompt in another language.

set local lock_timeout = '2s';

-- pgls-ignore lint/safety/banDropNotNull: apps write the column, and no function of ours reads it
alter table public.input_assets alter column asset_url drop not null;

-- pgls-ignore lint/safety/multipleAlterTable: in one statement, the linter takes the columns for required
alter table public.input_assets
  add column prompt text,
  add column style text,
  add column input_asset_type text,
  add column status text,
  add constraint input_assets_prompt_has_at_most_10000_characters
    check (char_length(prompt) <= 10000),
  add constraint input_assets_style_has_at_most_200_characters check (char_length(style) <= 200),
  add constraint input_assets_input_asset_type_has_at_most_200_characters
    check (char_length(input_asset_type) <= 200),
  add constraint input_assets_status_has_at_most_200_characters check (char_length(status) <= 200);

insert into private.task_errors (code, message) values
  ('unsupported_language', 'The AI service does not read the language of the prompt. Write it in English; trying the same again will not help.');
