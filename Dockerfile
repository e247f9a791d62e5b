FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/ProcessDeployment.Engine -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# For the health check.
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app .
# The image would listen to everybody by default, which the engine refuses while no identity is configured.
ENV ASPNETCORE_HTTP_PORTS= ASPNETCORE_URLS=http://127.0.0.1:5080
# A volume takes over whose it is.
RUN mkdir /ledger && chown app /ledger
USER app
ENTRYPOINT ["dotnet", "ProcessDeployment.Engine.dll"]
