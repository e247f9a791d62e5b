-- Bundles are made of what current state and content hold; a version is looked for by what names its bundle.
create index if not exists process_version_by_digest on process_deployment.process_version (account_id, digest);
