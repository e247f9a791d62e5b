namespace ProcessDeployment.Web.Licences;

internal static class LicencesAddress;
