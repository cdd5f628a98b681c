import { ana, bo } from '../../store/room.fixture.ts';
import { namesFor } from './names.ts';

const offered = (draft: string): readonly string[] => namesFor(draft, [ana, bo]).map(({ word }) => word);

describe('Offering names', () => {
  it('offers people by the beginning of any of their names', () => {
    expect(offered('@')).toEqual(['@Ana Ruiz', '@Bo Lindqvist']);
    expect(offered('ask @lind')).toEqual(['@Bo Lindqvist']);
    expect(offered('ask @Ana R')).toEqual(['@Ana Ruiz']);
  });

  it('puts the whole name in the place of what was typed', () => {
    expect(namesFor('ask @lind', [ana, bo])[0]?.whole).toBe('ask @Bo Lindqvist ');
  });

  it('is quiet in an address, after the name, and where nobody fits', () => {
    for (const draft of ['ana@example', '@Ana Ruiz', '@zed', '@Ana Ruiz can you look', 'no name']) expect(offered(draft)).toEqual([]);
  });
});
