from cdk8s import App, Chart
from cdk8s_init_containers import DownloadConfig, Endpoint, WaitForService
from cdk8s_plus_28 import ContainerProps, Deployment

app = App()
chart = Chart(app, "quickstart")
web = Deployment(chart, "web", containers=[ContainerProps(image="my-app:1.0")])
WaitForService(web, "wait-for-db", endpoints=[Endpoint.tcp("my-database-service", 5432)])
DownloadConfig(web, "download-config", url="http://config-service/config", path="/app/config/app-config.json")
app.synth()
