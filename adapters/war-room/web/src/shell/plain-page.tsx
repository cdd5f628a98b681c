import type { ReactNode } from 'react';
import styles from './plain-page.module.css';

/** A page that says one thing. */
export function PlainPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main className={styles.page}>
      <h1>{title}</h1>
      {children}
    </main>
  );
}
