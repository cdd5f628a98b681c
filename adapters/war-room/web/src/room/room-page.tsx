import { Room } from './room.tsx';

export function RoomPage({ reference }: { readonly reference: string }) {
  return <Room reference={reference} />;
}
