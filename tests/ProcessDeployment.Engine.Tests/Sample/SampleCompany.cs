using ProcessDeployment.Contracts;

namespace ProcessDeployment.Engine.Tests.Sample;

/// <summary>What Tailspin Outdoor integrates: web shop, ERP, finance, people, customers and warehouses.</summary>
internal static class SampleCompany
{
    public static readonly string[] Designers = ["kim.novak@tailspin.example", "robin.okafor@tailspin.example", "sasha.lind@tailspin.example", "mira.costa@tailspin.example"];

    public const string Admin = "dana.weiss@tailspin.example";
    public const string Releases = "release-pipeline@tailspin.example";

    public static readonly (string Name, string Host, AtomType Type, string TimeZone)[] Atoms =
    [
        ("Berlin 1", "int-ber-01.tailspin.example", AtomType.Molecule, "Europe/Berlin"),
        ("Chicago Production", "int-chi-01.tailspin.example", AtomType.Atom, "America/Chicago"),
        ("Cloud EU", "eu.cloud.example", AtomType.Cloud, "UTC"),
        ("Rotterdam Warehouse", "int-rtm-01.tailspin.example", AtomType.Atom, "Europe/Amsterdam"),
        ("Leeds Outlet", "int-lds-01.tailspin.example", AtomType.Atom, "Europe/London"),
    ];

    /// <summary>In an order in which nothing refers to what comes later, but for the API.</summary>
    public static SampleComponent[] Components() =>
    [
        Connection("SAP S/4HANA", "sap", ConnectorClass.Enterprise, "sap-prod.tailspin.example"),
        Connection("Legacy Finance", "oracleebs", ConnectorClass.Enterprise, "ebs.tailspin.example"),
        Connection("NetSuite", "netsuite", ConnectorClass.Standard, "tailspin.netsuite.example"),
        Connection("Salesforce", "salesforce", ConnectorClass.Standard, "login.salesforce.example"),
        Connection("Workday", "workday", ConnectorClass.Standard, "wd5.workday.example"),
        Connection("Web Shop", "rest", ConnectorClass.Standard, "shop.tailspin.example"),
        Connection("ERP Database", "database", ConnectorClass.Standard, "erp-db.tailspin.example"),
        Connection("Warehouse Database", "database", ConnectorClass.Standard, "wms-db.tailspin.example"),
        Connection("Directory", "ldap", ConnectorClass.Standard, "ldap.tailspin.example"),
        Connection("Bank", "sftp", ConnectorClass.Standard, "transfer.bank.example"),
        Connection("Old Bank Portal", "sftp", ConnectorClass.Standard, "portal.bank.example"),
        Connection("Marketplace", "sftp", ConnectorClass.Standard, "files.marketplace.example"),
        Connection("Document Archive", "sftp", ConnectorClass.Standard, "archive.tailspin.example"),
        Connection("Mail Relay", "mail", ConnectorClass.Standard, "smtp.tailspin.example"),
        Connection("Exchange Rates", "http", ConnectorClass.Standard, "rates.centralbank.example"),
        Connection("Outlet Accounts", "quickbooks", ConnectorClass.SmallBusiness, "outlet.quickbooks.example"),
        Connection("Shop Events", "eventstreams", ConnectorClass.Standard, "events.tailspin.example"),
        Partner("Contoso Freight"),
        Partner("Fabrikam Parcel"),

        Profile("Web Order", "profile.json", "orderId", "customer", "lines"),
        Profile("Sales Order", "profile.xml", "documentNumber", "soldTo", "items"),
        Profile("Invoice", "profile.xml", "invoiceNumber", "amount", "currency"),
        Profile("Shipping Notice", "profile.edi", "shipment", "carrier"),

        Operation("Listen for Orders", "Orders", "Web Order"),
        Operation("Create Sales Order", "Orders", "Sales Order"),
        Operation("Read Invoices", "Finance", "Invoice"),
        Operation("Upsert Invoice", "Finance"),
        Operation("Put Payment File", "Finance"),
        Operation("Query Accounts", "CRM"),
        Operation("Upsert Lead", "CRM"),
        Operation("Read Workers", "HR"),
        Operation("Read Stock", "Logistics"),
        Operation("Send Mail", "Shared"),

        Map("Web Order to Sales Order", "Orders", "Web Order", "Sales Order"),
        Map("Marketplace Order to Sales Order", "Orders", "Sales Order"),
        Map("SAP Invoice to NetSuite", "Finance", "Invoice"),
        Map("Journal Lines", "Finance"),
        Map("Account to Business Partner", "CRM"),
        Map("Worker to Directory Entry", "HR"),
        Map("Stock to Shop", "Logistics"),

        Other("Company Settings", "Shared", "processproperty", "region", "currency"),
        Other("Country Codes", "Shared", "crossref", "rows"),
        Other("Price Cache", "Orders", "documentcache", "index"),
        Other("Round Amounts", "Finance", "script.processing", "digits"),

        Process("Notify on Failure", "Shared", StartStep.None, "Mail Relay", "Send Mail"),
        Process("Archive Documents", "Shared", StartStep.None, "Document Archive"),
        Process("Validate Order", "Orders", StartStep.None, "Price Cache", "Country Codes", "Web Order"),
        Process("Write Order to SAP", "Orders", StartStep.None, "SAP S/4HANA", "Create Sales Order", "Web Order to Sales Order", "Notify on Failure"),
        Process("Receive Web Orders", "Orders", StartStep.Listener, "Listen for Orders", "Shop Events", "Validate Order", "Write Order to SAP"),
        Process("Import Marketplace Orders", "Orders", StartStep.Schedule, "Marketplace", "Marketplace Order to Sales Order", "Validate Order", "Write Order to SAP", "Archive Documents"),
        Process("Map Invoice Lines", "Finance", StartStep.None, "SAP Invoice to NetSuite", "Company Settings"),
        Process("Invoices SAP to NetSuite", "Finance", StartStep.Schedule, "SAP S/4HANA", "Read Invoices", "NetSuite", "Upsert Invoice", "Map Invoice Lines", "Archive Documents"),
        Process("Payments NetSuite to Bank", "Finance", StartStep.Schedule, "NetSuite", "Bank", "Put Payment File", "Notify on Failure"),
        Process("Daily Exchange Rates", "Finance", StartStep.Schedule, "Exchange Rates", "ERP Database"),
        Process("Month End Journal", "Finance", StartStep.Schedule, "Legacy Finance", "NetSuite", "Journal Lines", "Round Amounts"),
        Process("Provision Account", "HR", StartStep.None, "Directory", "Mail Relay"),
        Process("HR Sync", "HR", StartStep.Schedule, "Workday", "Read Workers", "Worker to Directory Entry", "Provision Account"),
        Process("Leavers", "HR", StartStep.Schedule, "Workday", "Provision Account", "Notify on Failure"),
        Process("Accounts Salesforce to SAP", "CRM", StartStep.Schedule, "Salesforce", "Query Accounts", "SAP S/4HANA", "Account to Business Partner"),
        Process("Leads to Salesforce", "CRM", StartStep.Listener, "Salesforce", "Upsert Lead"),
        Process("Stock Levels to Shop", "Logistics", StartStep.Schedule, "Warehouse Database", "Read Stock", "Web Shop", "Stock to Shop"),
        Process("Shipping Notices", "Logistics", StartStep.Schedule, "Contoso Freight", "Shipping Notice", "Archive Documents", "Notify on Failure"),
        Process("Outlet Sales to ERP", "Outlets", StartStep.Schedule, "Outlet Accounts", "ERP Database", "Company Settings"),
        Process("Quotes to Orders", "CRM", StartStep.Schedule, "Salesforce", "Write Order to SAP"),
        new("Orders API", "Orders", "webservice") { Calls = ["Receive Web Orders"], Settings = [("urlPath", "orders")] },
    ];

    private static SampleComponent Connection(string name, string type, ConnectorClass @class, string host) =>
        new(name, "Connections", ComponentTypes.Connection) { Connector = new(type, @class), Settings = [("host", host), ("timeout", "30"), ("pool", "5"), ("password", "***")] };

    private static SampleComponent Partner(string name) =>
        new(name, "Partners", "tradingpartner") { Connector = new("tradingpartner", ConnectorClass.TradingPartner), Settings = [("standard", "edifact"), ("retries", "3")] };

    private static SampleComponent Profile(string name, string type, params string[] fields) =>
        new(name, "Profiles", type) { Settings = [.. fields.Select(field => (field, "character"))] };

    private static SampleComponent Operation(string name, string folder, params string[] uses) =>
        new(name, folder, "connector-action") { Uses = uses, Settings = [("batch", "100"), ("retries", "1")] };

    private static SampleComponent Map(string name, string folder, params string[] uses) =>
        new(name, folder, "transform.map") { Uses = uses, Settings = [("id", "number"), ("name", "description")] };

    private static SampleComponent Other(string name, string folder, string type, params string[] keys) =>
        new(name, folder, type) { Settings = [.. keys.Select(key => (key, "1"))] };

    private static SampleComponent Process(string name, string folder, StartStep start, params string[] uses) =>
        new(name, folder, ComponentTypes.Process) { Start = start, Uses = uses, Settings = [("threads", "1"), ("log", "errors")] };
}
