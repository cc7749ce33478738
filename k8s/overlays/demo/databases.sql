-- One server, three databases, three roles: no service can open another's database.
-- Run once, as superuser, on an empty server (image's /docker-entrypoint-initdb.d); also used by docker-compose.yml.
\set ON_ERROR_STOP on
\getenv profile PROFILE_PASSWORD
\getenv matching MATCHING_PASSWORD
\getenv notification NOTIFICATION_PASSWORD

CREATE ROLE profile LOGIN PASSWORD :'profile';
CREATE ROLE matching LOGIN PASSWORD :'matching';
CREATE ROLE notification LOGIN PASSWORD :'notification';

CREATE DATABASE profile OWNER profile;
CREATE DATABASE matching OWNER matching;
CREATE DATABASE notification OWNER notification;

REVOKE CONNECT, TEMPORARY ON DATABASE profile, matching, notification, postgres FROM PUBLIC;
