import { format } from 'prettier';
import openapiTS, { astToString } from 'openapi-typescript';

/** The types of a client, from the document that a running Muster serves at /api/openapi.json. */
export async function apiTypes(document) {
  const types = astToString(await openapiTS(document));
  return format(`// Generated from /api/openapi.json by \`npm run docs\`; edit the controllers.\n\n${types}`, {
    parser: 'typescript',
    singleQuote: true,
    printWidth: 140,
    trailingComma: 'all',
  });
}
