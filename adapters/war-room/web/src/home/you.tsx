import { api } from '../api/api.ts';
import { Button } from '../ui/button.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import styles from './home.module.css';

const EVERY_MS = 60_000;

/** Who is looking, how somebody else gets in, and the way out. */
export function You() {
  const [me] = useLoaded(api.me, EVERY_MS);
  if (me.name !== 'here') return null;
  const { person, role } = me.value;
  return (
    <section className={styles.section}>
      <h2>You are {person.name}</h2>
      {role === 'guest' && (
        <p>
          You only practise here: real incidents are not shown. <a href="/practice">Go to your practice</a>, or{' '}
          <a href="/sign-in">sign in</a> to declare one.
        </p>
      )}
      <div className={styles.doors}>
        {role !== 'guest' && (
          <form method="post" action="/invitations">
            <Button type="submit">Invite somebody</Button>
          </form>
        )}
        <form method="post" action="/sign-out">
          <Button type="submit">Sign out</Button>
        </form>
      </div>
    </section>
  );
}
