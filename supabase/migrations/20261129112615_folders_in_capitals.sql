-- The folder of a user may have its name in capitals, as Swift writes an id.
create function private.user_folders(p_user_id uuid)
returns text[]
language sql
immutable
set search_path = ''
return array[p_user_id::text, upper(p_user_id::text)];

grant execute on function private.user_folders to authenticated;

alter policy "Users read files in their own folder" on storage.objects
  using (
    bucket_id in ('inputs', 'generated')
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
  );

alter policy "Users add inputs to their own folder" on storage.objects
  with check (
    bucket_id = 'inputs'
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
    and (select private.may_upload())
  );

alter policy "Users replace inputs in their own folder" on storage.objects
  using (
    bucket_id = 'inputs'
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
  )
  with check (
    bucket_id = 'inputs'
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
    and (select private.may_upload())
  );

alter policy "Users delete files in their own folder" on storage.objects
  using (
    bucket_id in ('inputs', 'generated')
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
  );

alter table private.files_to_remove
  drop constraint files_to_remove_prefix_is_of_a_user,
  -- pgls-ignore lint/safety/addingCheckConstraint: the table is nearly always empty
  add constraint files_to_remove_prefix_is_of_a_user check (prefix ~* '^[0-9a-f-]{36}/');
