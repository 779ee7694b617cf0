/** What an engine writes and says of itself: scripts for bash in its own container, where they find its password. */
export interface Database {
  /** The folder of its add-on. */
  readonly name: 'postgresql' | 'redis' | 'prometheus' | 'mariadb' | 'weaviate' | 'milvus';
  /** Of its Cluster; its container has the same name. */
  readonly component: string;
  readonly scripts: Scripts;
  /** How many rows it writes so that all or none of them can be seen. */
  readonly rowsAtOnce: number;
  /** What a restore to a second holds of what was written in it. */
  readonly instant: 'beginOfSecond' | 'endOfSecond';
  /** Reads may lag behind what is stored. */
  readonly settles?: boolean;
}

interface Scripts {
  /** Makes the place for the rows. */
  readonly prepare: string;
  /** Writes the rows that stand in its input, one a line. Absent where the engine writes by itself. */
  readonly write?: string;
  /** Prints the rows, one a line, in any order. Its argument: a second since the epoch after which nothing counts. */
  readonly list: string;
  /** Takes the rows away, or makes them unusable. */
  readonly drop: string;
}

const POSTGRESQL = 'sql() { PGPASSWORD="$POSTGRES_PASSWORD" psql --host=127.0.0.1 --username=postgres --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --command="$1"; }';
const MARIADB = 'sql() { MYSQL_PWD="$MARIADB_ROOT_PASSWORD" mariadb --host=127.0.0.1 --user=root --batch --skip-column-names --local-infile=1 --execute="$1"; }';
const REDIS = 'export REDISCLI_AUTH="$REDIS_PASSWORD"; server() { redis-cli -h 127.0.0.1 "$@"; }';
const WEAVIATE = `ask() { curl --silent --show-error --fail-with-body --max-time 60 --header 'content-type: application/json' "http://127.0.0.1:8080/v1/$1" "\${@:2}"; }`;
const MILVUS = `ask() { curl --silent --show-error --fail-with-body --max-time 60 --header 'content-type: application/json' "http://127.0.0.1:19530/v1/vector/$1" --data "$2" | tee /tmp/answer; grep --quiet '"code":200' /tmp/answer || { cat /tmp/answer >&2; exit 1; }; }`;

export const DATABASES: readonly Database[] = [
  {
    name: 'postgresql',
    component: 'postgresql',
    rowsAtOnce: 1000,
    instant: 'beginOfSecond',
    scripts: {
      prepare: `${POSTGRESQL}; sql 'create table orders (id bigserial primary key, item text not null)'`,
      write: `${POSTGRESQL}; sql 'copy orders (item) from stdin'`,
      list: `${POSTGRESQL}; sql 'copy (select item from orders) to stdout'`,
      drop: `${POSTGRESQL}; sql 'drop table orders'`,
    },
  },
  {
    name: 'redis',
    component: 'redis',
    rowsAtOnce: 1000,
    instant: 'endOfSecond',
    scripts: {
      prepare: `${REDIS}; server ping`,
      write: `${REDIS}; { echo MULTI; awk '{print "SET " $1 " " $1}'; echo EXEC; } | server >/tmp/answers; ! grep --max-count=1 'ERR\\|WRONG\\|NOAUTH' /tmp/answers`,
      list: `${REDIS}; server --scan | awk '{print "GET " $1}' | server`,
      drop: `${REDIS}; server flushall`,
    },
  },
  {
    name: 'prometheus',
    component: 'prometheus',
    rowsAtOnce: 0,
    instant: 'endOfSecond',
    scripts: {
      prepare: `until curl --silent --fail 'http://127.0.0.1:9090/api/v1/query?query=count_over_time(up%5B10m%5D)' | jq --exit-status '.data.result[0].value[1] | tonumber > 5' >/dev/null; do sleep 0.5; done`,
      list: `curl --silent --show-error --fail --get http://127.0.0.1:9090/api/v1/query --data-urlencode 'query={job="prometheus",__name__=~"up|process_cpu_seconds_total|prometheus_tsdb_head_samples_appended_total|go_memstats_alloc_bytes_total"}[1h]' --data-urlencode "time=$1" | jq --raw-output '.data.result[] | .metric.__name__ as $name | .values[] | "\\($name) \\(.[0]) \\(.[1])"'`,
      drop: `rm -rf /data/series/*`,
    },
  },
  {
    name: 'mariadb',
    component: 'mariadb',
    rowsAtOnce: 1000,
    instant: 'endOfSecond',
    scripts: {
      prepare: `${MARIADB}; sql 'create database if not exists shop; create table shop.orders (id bigint auto_increment primary key, item text not null)'`,
      write: `${MARIADB}; sql "load data local infile '/dev/stdin' into table shop.orders (item)"`,
      list: `${MARIADB}; sql 'select item from shop.orders'`,
      drop: `${MARIADB}; sql 'drop table shop.orders'`,
    },
  },
  {
    name: 'weaviate',
    component: 'weaviate',
    rowsAtOnce: 1,
    instant: 'endOfSecond',
    scripts: {
      prepare: `${WEAVIATE}; ask schema --data '{"class":"Orders","properties":[{"name":"item","dataType":["text"]}]}' >/dev/null`,
      write: `${WEAVIATE}; jq --raw-input --compact-output --null-input '{objects: [inputs | {class: "Orders", properties: {item: .}, vector: [length, 1, 2]}]}' | ask batch/objects --data @- | jq --exit-status 'all(.result.status == "SUCCESS")' >/dev/null`,
      // A row whose vector is not its own is none.
      list: `${WEAVIATE}; ask 'objects?class=Orders&limit=10000&include=vector' | jq --raw-output '.objects[] | select(.vector == [(.properties.item | length), 1, 2]) | .properties.item'`,
      drop: `${WEAVIATE}; ask schema/Orders --request DELETE`,
    },
  },
  {
    name: 'milvus',
    component: 'milvus',
    rowsAtOnce: 1,
    instant: 'endOfSecond',
    settles: true,
    scripts: {
      prepare: `${MILVUS}; ask collections/create '{"collectionName":"orders","dimension":3}' >/dev/null`,
      write: `${MILVUS}; jq --raw-input --compact-output --null-input '[inputs | {item: ., vector: [length, 1, 2]}] | _nwise(100) | {collectionName: "orders", data: .}' | while read -r rows; do ask insert "$rows" >/dev/null; done`,
      list: `${MILVUS}; ask query '{"collectionName":"orders","filter":"id > 0","outputFields":["item","vector"],"limit":10000}' | jq --raw-output '.data[] | select(.vector == [(.item | length), 1, 2]) | .item'`,
      drop: `${MILVUS}; ask collections/drop '{"collectionName":"orders"}' >/dev/null`,
    },
  },
];

export function databaseOf(name: Database['name']): Database {
  const found = DATABASES.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no database ${name} is described`);
  return found;
}
