import type { PracticeView } from '#libs/war-room-protocol/practice';
import styles from './practice.module.css';

export function PracticeTimings({ timings }: { readonly timings: PracticeView['timings'] }) {
  return (
    <details className={styles.timings}>
      <summary>Everything is faster here than for real</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">In practice</th>
            <th scope="col">For real</th>
          </tr>
        </thead>
        <tbody>
          {timings.map(({ what, here, real }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{here}</td>
              <td>{real}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
