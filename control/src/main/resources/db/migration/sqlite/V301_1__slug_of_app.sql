create unique index app_slug on app (team, slug) where removed_at is null;
