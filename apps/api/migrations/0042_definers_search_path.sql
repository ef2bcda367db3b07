-- A path that does not name `pg_temp` is searched there first: whoever may create a temporary table could then put one in
-- the place of ours, with a trigger of theirs upon it, and be the owner while a function of the owner writes to it.
do $$
declare
  definer regprocedure;
begin
  for definer in select oid::regprocedure from pg_proc where pronamespace = $q$public$q$::regnamespace and prosecdef loop
    execute format($q$alter function %s set search_path = pg_catalog, public, pg_temp$q$, definer);
  end loop;
end $$;
--> statement-breakpoint
-- Called by the functions that count, as the owner, and by nobody else.
revoke all on function "case_count_slot"() from public;
