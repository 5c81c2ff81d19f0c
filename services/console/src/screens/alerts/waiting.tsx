import { useQuery } from '@tanstack/react-query';
import { boardQuery } from '../../api/reads.ts';
import { useNotices } from '../../notices/notices.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { usePlace } from '../../shell/place.ts';
import { LeftOut } from '../board/left-out.tsx';
import { reasonOf } from '../board/reason.ts';
import { ToDoTable } from '../board/to-do-table.tsx';

/** What the person, in their roles, can see to: less than what waits for their organisation. */
export const Waiting = () => {
  const board = useQuery(boardQuery(usePlace())).data;
  return (
    <Loaded query={useNotices()}>
      {({ notices, leftOut }) => (
        <>
          <ToDoTable
            caption="Waits for you, in your roles"
            actions={notices}
            empty="Nothing waits for you."
            reasonOf={reasonOf(board?.requests)}
          />
          <LeftOut count={leftOut} what="notice" />
        </>
      )}
    </Loaded>
  );
};
