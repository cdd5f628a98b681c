import { between } from './lateness.ts';

describe('Placing a message that was overtaken', () => {
  const at = (ms: number): Date => new Date(ms);

  it('shows it at its own time where its neighbours leave room for that', () => {
    expect(between(at(150), at(100), at(200))).toEqual(at(150));
  });

  it('shows it between its neighbours when its platform’s clock says otherwise', () => {
    expect(between(at(90), at(100), at(200))).toEqual(at(150));
    expect(between(at(250), at(100), at(200))).toEqual(at(150));
  });

  it('shows it before the first of all when nothing was said before it', () => {
    expect(between(at(250), null, at(200))).toEqual(at(199));
  });
});
