import { aSnapshot, at } from '../store/room.fixture.ts';
import { worstFirst } from './worst-first.ts';

describe('Listing incidents', () => {
  it('puts the worst first, and of equals the one that goes on longest', () => {
    const { incident } = aSnapshot();
    const list = worstFirst([
      { ...incident, number: 'INC-1', severity: 'SEV3', declaredAt: at(0) },
      { ...incident, number: 'INC-2', severity: 'SEV1', declaredAt: at(9) },
      { ...incident, number: 'INC-3', severity: 'SEV1', declaredAt: at(5) },
    ]);

    expect(list.map(({ number }) => number)).toEqual(['INC-3', 'INC-2', 'INC-1']);
  });
});
