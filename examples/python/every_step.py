"""Every step, the company's defaults and a step of one's own: the same YAML as that of every-step.ts."""
from cdk8s import App, Chart, Duration
from cdk8s_init_containers import (
    DownloadConfig,
    Endpoint,
    FileSource,
    GenerateConfig,
    InitDefaults,
    InitStep,
    WaitForService,
)
from cdk8s_plus_28 import ContainerProps, Deployment, EnvValue, Secret, SecretValue


class MigrateSchema(InitStep):
    """Brings the schema of a database up to date before the app starts."""

    def __init__(self, scope, id, url):
        super().__init__(scope, id, image="orders:2.3", command=["orders", "migrate", url], timeout=Duration.minutes(3))


app = App()
chart = Chart(app, "every-step")
InitDefaults.set(chart, registry="registry.corp.example/mirror", timeout=Duration.minutes(5))

orders = Deployment(chart, "orders", containers=[ContainerProps(image="orders:2.3")])
credentials = Secret.from_secret_name(chart, "credentials", "orders-db")

WaitForService(
    orders,
    "wait",
    endpoints=[Endpoint.tcp("orders-db", 5432), Endpoint.http("http://config-service/healthz")],
)
MigrateSchema(orders, "migrate-schema", "postgres://orders-db/orders")
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
)
app.synth()
