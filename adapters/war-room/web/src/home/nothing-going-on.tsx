import styles from './home.module.css';

export function NothingGoingOn() {
  return (
    <section className={styles.empty} aria-labelledby="nothing">
      <h2 id="nothing">Nothing is going on</h2>
      <p>
        Declare early, declare small: a near miss, a slow page, planned work that may hurt. It costs nothing, and it makes one room where
        everyone looks. Press <kbd>c</kbd> from any page.
      </p>
      <p>
        New here? <a href="/practice">Practise for three minutes</a> with a pretend Slack: break it, keep talking, and watch nothing get
        lost.
      </p>
    </section>
  );
}
