import { StoreAway } from '../artifacts.errors.ts';

const CANNOT_WRITE = 'the folder for files cannot be used';

const WHY: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EROFS: CANNOT_WRITE,
  EACCES: CANNOT_WRITE,
  EPERM: CANNOT_WRITE,
  ENOTDIR: CANNOT_WRITE,
  EEXIST: CANNOT_WRITE,
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  EIO: 'the disk does not answer',
};

/**
 * What the disk says, in words. Anything else is not the disk's: an upload that broke off, or a fault of ours.
 *
 * @throws StoreAway
 */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const why = WHY[(error as NodeJS.ErrnoException | null)?.code ?? ''];
    throw why === undefined ? error : new StoreAway(why, error);
  }
}
