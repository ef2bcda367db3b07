-- A practitioner who leaves takes the rights of their secretaries along: the streams opened under these close as well.
create or replace function "notify_membership_ended"() returns trigger language plpgsql as $$
begin
  perform pg_notify('maillage_case', json_build_object('what', 'membership', 'cptsId', new.cpts_id, 'id', new.id)::text);
  perform pg_notify('maillage_case', json_build_object('what', 'membership', 'cptsId', d.cpts_id, 'id', d.membership_id)::text)
    from "delegations" d where d.cpts_id = new.cpts_id and d.practitioner_id = new.practitioner_id
      and d.ended_at is null and d.membership_id is not null;
  return null;
end $$;
