/** What a modal box begins at. As an attribute, which React's own does not set: the box opens after its fields are made. */
export const beginHere = (element: HTMLElement | null): void => void element?.toggleAttribute('autofocus', true);
