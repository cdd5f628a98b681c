import { deviceShelf } from './shelf.ts';

/** This browser's shelf; one for the whole page. */
export const shelf = deviceShelf();
