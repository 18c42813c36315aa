-- What our functions use of Postgres 16 and a server of Debian 12 does not have.

do $$
begin
  if current_setting('server_version_num')::integer < 160000 then
    create function pg_catalog.pg_input_is_valid(value text, type text)
    returns boolean
    language plpgsql
    stable
    as $body$
    begin
      execute format('select %L::%s', value, type);
      return true;
    exception
      when others then return false;
    end;
    $body$;
  end if;
end;
$$;
