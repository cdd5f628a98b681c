import type { Reads, TermQuery } from './search.types.ts';

/**
 * What is looked for, as PostgreSQL's own text of a `tsquery`: given back as a value it is planned with what it is.
 * Words that say nothing by themselves ("the", "is") are left out, unless there is no other.
 */
export async function queryFor(reads: Reads, terms: readonly TermQuery[]): Promise<string> {
  const values: unknown[] = [];
  const each = terms.map((term) => ofTerm(term, values));
  const [row] = await reads.query<{ query: string }>(
    `select (case when numnode(telling) > 0 then telling else every end)::text as query
       from (select ${each.map(({ telling }) => telling).join(' && ')} as telling, ${each.map(({ every }) => every).join(' && ')} as every) q`,
    values,
  );
  return row?.query ?? '';
}

function ofTerm({ words, not, open, alike = [] }: TermQuery, values: unknown[]): { telling: string; every: string } {
  const text = `$${values.push(words.join(' '))}::text`;
  const simple = `phraseto_tsquery('simple', ${text})`;
  if (words.length > 1) return both(not, simple, simple);
  const english = `phraseto_tsquery('english', ${text})`;
  const begins = open ? ` || to_tsquery('simple', ${text} || ':*')` : '';
  const others = alike.map((word) => ` || plainto_tsquery('simple', $${values.push(word)}::text)`).join('');
  const any = `(${english} || ${simple}${begins}${others})`;
  return both(not, `case when numnode(${english}) = 0 then ''::tsquery else ${any} end`, any);
}

const both = (not: boolean, telling: string, every: string): { telling: string; every: string } =>
  not ? { telling: `(!! (${every}))`, every: `(!! (${every}))` } : { telling: `(${telling})`, every: `(${every})` };
