import type { Me } from '#libs/war-room-protocol/views';
import { Button } from '../ui/button.tsx';
import styles from './home.module.css';

/** Who is looking, how somebody else gets in, and the way out. */
export function You({ me: { person, role, may } }: { readonly me: Me }) {
  return (
    <section className={styles.section}>
      <h2>{role === 'guest' ? 'You are practising' : `You are ${person.name}`}</h2>
      {role === 'guest' && (
        <p>
          You only practise here: real incidents are not shown. <a href="/practice">Go to your practice</a>, or{' '}
          <a href="/sign-in">sign in</a> to declare one.
        </p>
      )}
      {role !== 'guest' && (
        <p>
          <a href="/settings">Settings</a>: teams, tokens and chats
          {may.includes('settings.change') && ', people, roles, statuses, webhooks, audit and operations'}. <a href="/drill">Drills</a>
        </p>
      )}
      <div className={styles.doors}>
        {may.includes('person.invite') && (
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
