using System.Security.Cryptography;
using ProcessDeployment.Contracts;
using ProcessDeployment.Engine.Identity.Settings;
using ProcessDeployment.Engine.RabbitMq;
using ProcessDeployment.Engine.Storage;

namespace ProcessDeployment.Engine.Host;

/// <summary>Looks at the settings before anything is started, so that a slip is told by the name of its setting.</summary>
internal static class SettingsCheck
{
    /// <exception cref="EngineStartException">One of them breaks its rule.</exception>
    public static void Check(this EngineOptions options)
    {
        CheckAccount("PROCESSDEPLOYMENT_ACCOUNT", options.Account);
        for (var i = 0; i < options.Accounts.Count; i++) CheckAccount($"Accounts__{i}", options.Accounts[i]);
        if (options.Postgres is { } app) CheckDatabase("ConnectionStrings__Postgres", app);
        CheckLogin("ConnectionStrings__Owner", options.PostgresOwner, options);
        CheckLogin("ConnectionStrings__Sealer", options.PostgresSealer, options);
        if (options is { PostgresOwner: not null, PostgresSealer: null })
            throw new EngineStartException("ConnectionStrings__Owner is set, but ConnectionStrings__Sealer is not: the engine's own login may not write the ledger then. eventschema/rights.sql says which role it is a member of.");
        if (options.RabbitMq is { } broker) CheckBroker(broker, options.RabbitMqAuthorities);
        options.Identity.Check();
        options.Homes.Check(options);
    }

    private static void CheckAccount(string setting, string account)
    {
        if (!AccountIds.IsWellFormed(account)) throw new EngineStartException($"{setting} is \"{account}\", but the name of an account {AccountIds.Rule}.");
    }

    private static void CheckLogin(string setting, string? login, EngineOptions options)
    {
        if (login is null) return;
        CheckDatabase(setting, login);
        if (options.Postgres is null) throw new EngineStartException($"{setting} is set, but ConnectionStrings__Postgres is not: a private database makes logins of its own.");
    }

    private static void CheckDatabase(string setting, string connectionString)
    {
        try
        {
            Databases.Check(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new EngineStartException($"{setting} cannot be used: {e.Message} It should be like \"Host=db;Database=deployment;Username=app;Password=…\".", e);
        }
    }

    /// <summary>The address may hold a password, so it is not repeated.</summary>
    private static void CheckBroker(string address, string? authorities)
    {
        try
        {
            _ = new BrokerConnections(address, authorities);
        }
        catch (ArgumentException e) when (e.ParamName == nameof(authorities))
        {
            throw new EngineStartException("PROCESSDEPLOYMENT_RABBITMQ_CA is set, but ConnectionStrings__RabbitMq is not an amqps:// address: without TLS nobody checks who the broker is.", e);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new EngineStartException($"PROCESSDEPLOYMENT_RABBITMQ_CA cannot be used: {e.Message} It should be a file of certificates in PEM.", e);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new EngineStartException(
                "ConnectionStrings__RabbitMq cannot be used: it must be an AMQP URI such as amqp://user:password@host:5672/, or not be set at all where there is no broker.", e);
        }
    }
}
