"""An app that takes its database as one variable: the same YAML as that of database-url.ts."""
from cdk8s import ApiObjectMetadata, App, Chart
from cdk8s_init_containers import GenerateEnv, InitDefaults
from cdk8s_plus_28 import (
    Capability,
    ContainerProps,
    ContainerSecutiryContextCapabilities,
    ContainerSecurityContextProps,
    Deployment,
    EnvValue,
    ImagePullPolicy,
    SeccompProfile,
    SeccompProfileType,
    Secret,
    SecretValue,
)

# What Pod Security "restricted" asks of the app's container.
restricted = ContainerSecurityContextProps(
    user=65534,
    group=65534,
    capabilities=ContainerSecutiryContextCapabilities(drop=[Capability.ALL]),
    seccomp_profile=SeccompProfile(type=SeccompProfileType.RUNTIME_DEFAULT),
)

app = App()
chart = Chart(app, "database-url")
InitDefaults.set(chart, kubernetes_version="1.35")

credentials = Secret.from_secret_name(chart, "credentials", "orders-db")
orders = Deployment(
    chart,
    "orders",
    metadata=ApiObjectMetadata(name="orders"),
    replicas=1,
    containers=[
        ContainerProps(
            image="busybox:1.37.0",
            image_pull_policy=ImagePullPolicy.IF_NOT_PRESENT,
            command=["sh", "-c", 'echo "$DATABASE_URL" && exec sleep 3600'],
            security_context=restricted,
        )
    ],
)

GenerateEnv(
    orders,
    "database-url",
    templates={"DATABASE_URL": "postgres://${USER|url}:${PASSWORD|url}@orders-db:5432/orders"},
    variables={
        "USER": EnvValue.from_secret_value(SecretValue(secret=credentials, key="user")),
        "PASSWORD": EnvValue.from_secret_value(SecretValue(secret=credentials, key="password")),
    },
)

app.synth()
