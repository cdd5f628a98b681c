import type { TestApp } from '#test/support/app';

/**
 * From here on nothing that was said is looked for before a test makes it due: at the pace of tests the minutes until then are two
 * seconds, and a busy machine takes as long for less.
 */
export async function sweepOnlyWhenAsked(app: TestApp): Promise<void> {
  await app.database.query(
    `create function not_yet() returns trigger language plpgsql as 'begin new.due_at := ''infinity''; return new; end'`,
  );
  await app.database.query('create trigger not_yet before insert on unswept for each row execute function not_yet()');
}
