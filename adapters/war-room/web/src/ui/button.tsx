import type { ComponentProps } from 'react';
import styles from './button.module.css';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'style'> {
  /** `primary`: the one thing to do here. `plain`: looks like what it changes. */
  readonly look?: 'primary' | 'usual' | 'plain' | 'icon';
}

/** The browser's own, in our looks. */
export function Button({ look = 'usual', type = 'button', ...props }: ButtonProps) {
  return <button {...props} type={type} className={look === 'usual' ? styles.button : `${styles.button} ${styles[look]}`} />;
}
