/**
 * Roles belong to the whole server: another database of ours may have made them, perhaps at this moment. From PostgreSQL 16 on,
 * whoever makes a role is its member without being able to become it.
 */
export const makeRole = (role: string): string => `
do $$ begin
  if not exists (select from pg_catalog.pg_roles where rolname = '${role}') then
    create role ${role} nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  if not pg_catalog.pg_has_role(current_user, '${role}',
    case when current_setting('server_version_num')::integer >= 160000 then 'set' else 'member' end) then
    execute format('grant ${role} to %I', current_user);
  end if;
end $$;`
