import { EXPORT_PAGE } from '../limits.ts';
import type { CloudEvent } from './cloudevent.ts';
import type { Row } from './filter.ts';
import type { View } from './view.ts';

/** Every event there is now whose row fits, oldest first, a page at a time. */
export async function* eventPages(view: View, fits: (row: Row) => boolean): AsyncGenerator<CloudEvent[]> {
  const end = view.log.lastSeq();
  for (let position = 0; position < end; ) {
    const { rows, upTo } = view.log.page(position, EXPORT_PAGE, EXPORT_PAGE, fits);
    yield await view.events(rows.map(({ seq }) => seq));
    position = upTo;
  }
}
