-- removed_at: nobody belongs to the team any more, its servers are leaving. emptied_at: nothing is left of it but its
-- record, and this row, which keeps the address from leading to anybody else
alter table team add column removed_at bigint;
alter table team add column emptied_at bigint;
