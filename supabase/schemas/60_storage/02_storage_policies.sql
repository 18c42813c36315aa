-- Each user has a folder of their own in both buckets, by either of its names: writes inputs, reads
-- results. Public results are read by their URL, which no policy guards; these policies serve
-- listing and private buckets. Whether a user may store more is asked once for each statement.

create policy "Users read files in their own folder" on storage.objects
  for select to authenticated
  using (
    bucket_id in ('inputs', 'generated')
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
  );

create policy "Users add inputs to their own folder" on storage.objects
  for insert to authenticated
  with check (
    bucket_id = 'inputs'
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
    and (select private.may_upload())
  );

create policy "Users replace inputs in their own folder" on storage.objects
  for update to authenticated
  using (
    bucket_id = 'inputs'
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
  )
  with check (
    bucket_id = 'inputs'
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
    and (select private.may_upload())
  );

create policy "Users delete files in their own folder" on storage.objects
  for delete to authenticated
  using (
    bucket_id in ('inputs', 'generated')
    and (storage.foldername(name))[1] = any ((select private.user_folders(auth.uid()))::text[])
  );
