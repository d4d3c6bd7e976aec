"""Every step, the company's defaults and a step of one's own: the same YAML as that of every-step.ts."""
from cdk8s import App, Chart, Duration
from cdk8s_init_containers import (
    DownloadConfig,
    Endpoint,
    FileSource,
    GenerateConfig,
    InitDefaults,
    InitStep,
    OutputFile,
    WaitForService,
)
from cdk8s_plus_28 import (
    ContainerProps,
    Deployment,
    EnvValue,
    PodSecurityContextProps,
    Secret,
    SecretValue,
)


SCRIPT = """until orders ping; do sleep 1; done
orders migrate >/reports/migration.json
"""


class MigrateSchema(InitStep):
    """Waits for a database, brings its schema up to date, and shows the app a report."""

    def __init__(self, scope, id, database):
        super().__init__(
            scope,
            id,
            image="orders:2.3",
            command=["sh", "-e", "/scripts/migrate.sh"],
            files={"/scripts/migrate.sh": FileSource.inline(SCRIPT)},
            output_files={"/reports/migration.json": OutputFile(path="/app/migration.json")},
            waits_for=[database],
            timeout=Duration.minutes(3),
        )


app = App()
chart = Chart(app, "every-step")
InitDefaults.set(chart, registry="registry.corp.example/mirror", timeout=Duration.minutes(2))

orders = Deployment(
    chart,
    "orders",
    containers=[ContainerProps(image="orders:2.3")],
    security_context=PodSecurityContextProps(fs_group=10001),
)
database = Endpoint.tcp("orders-db", 5432)
credentials = Secret.from_secret_name(chart, "credentials", "orders-db")

WaitForService(
    orders,
    "wait",
    endpoints=[database, Endpoint.http("http://config-service/healthz")],
)
MigrateSchema(orders, "migrate-schema", database)
DownloadConfig(orders, "download-rates", url="http://config-service/rates.json", path="/app/rates.json")
GenerateConfig(
    orders,
    "app-conf",
    template=FileSource.inline("workers = ${WORKERS}\npassword = ${PASSWORD}\n"),
    variables={
        "WORKERS": EnvValue.from_value("8"),
        "PASSWORD": EnvValue.from_secret_value(SecretValue(secret=credentials, key="password")),
    },
    path="/app/app.conf",
    mode=0o640,
)
app.synth()
