import { describeError } from './describe-error.ts';

describe('Saying what went wrong without its words', () => {
  it('names its kind, its code and its place', () => {
    const error = Object.assign(new TypeError('secret words'), { code: 'ECONNRESET' });

    expect(describeError(error)).toEqual({
      name: 'TypeError',
      code: 'ECONNRESET',
      at: expect.arrayContaining([expect.stringContaining('describe-error.spec.ts')]) as string[],
    });
  });

  it.each([
    new Error('line one\n    at secret (file:///secret.ts:1:1)\nline three'),
    new SyntaxError('Unexpected token s in JSON: secret'),
    new Error('outer', { cause: new Error('secret') }),
    Object.assign(new Error('a'), { code: 'a secret sentence', name: 'my secret name' }),
    Object.assign(new Error('duplicate key (secret)'), { code: '23505' }),
    Object.assign(new Error('refused'), {
      driverError: Object.assign(new Error('invalid input "secret"'), { code: '22P02', detail: 'secret' }),
    }),
    'a secret text',
    { secret: 'secret' },
  ])('keeps nothing of what it says: %p', (error) => {
    expect(JSON.stringify(describeError(error))).not.toContain('secret');
  });

  it('keeps what PostgreSQL says of itself', () => {
    expect(describeError(Object.assign(new Error('relation "person" does not exist'), { code: '42P01' }))).toMatchObject({
      code: '42P01',
      says: 'relation "person" does not exist',
    });
  });
});
