import { useEffect, useState } from 'react';
import { openStatuses, type StatusName } from '#libs/war-room-protocol/vocabulary';
import { api } from '../../api/api.ts';

/** Where an open incident can be moved. An organisation's own are there as soon as they are known; without an answer, those that everybody has. */
export function useStatuses(): readonly StatusName[] {
  const [statuses, setStatuses] = useState(openStatuses);
  useEffect(() => void api.statuses().then(setStatuses, () => undefined), []);
  return statuses;
}
