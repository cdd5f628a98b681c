import { Link } from 'wouter';
import { PlainPage } from './plain-page.tsx';

export function NotFound({ title, why }: { readonly title: string; readonly why?: string }) {
  return (
    <PlainPage title={title}>
      <p>{why ?? 'The address may be mistyped.'}</p>
      <p>
        <Link href="/">All incidents</Link>
      </p>
    </PlainPage>
  );
}
