#!/usr/bin/env pwsh
<#
.SYNOPSIS
    The verbs of this repository. Each is one dotnet call, to be typed by hand just as well.
.EXAMPLE
    ./build.ps1 test
#>
param(
    [ValidateSet('restore', 'build', 'run', 'test', 'quick', 'faults', 'format', 'check', 'publish', 'bench', 'fuzz', 'audit', 'sbom', 'clean')]
    [string] $Verb = 'build',
    [Parameter(ValueFromRemainingArguments)] [string[]] $Rest = @()
)

$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot

switch ($Verb) {
    'restore' { dotnet restore ProcessDeployment.sln --locked-mode @Rest }
    'build'   { dotnet build ProcessDeployment.sln @Rest }
    'run'     { dotnet run --project src/ProcessDeployment.Engine @Rest }
    'test'    { dotnet test @Rest }
    'quick'   { dotnet test --project tests/ProcessDeployment.Domain.Tests @Rest }
    # The long form: hours. The table is beside the tests, or where FAULT_TABLE says.
    'faults'  { $env:FAULT_ROUNDS ??= '20'; dotnet test --project tests/ProcessDeployment.Faults.Tests @Rest }
    'format'  { dotnet format ProcessDeployment.sln @Rest }
    'check'   { dotnet format ProcessDeployment.sln --verify-no-changes @Rest }
    'publish' { dotnet publish src/ProcessDeployment.Engine -c Release @Rest }
    'bench'   { dotnet run --project tests/ProcessDeployment.Benchmarks -c Release @Rest }
    'fuzz'    { dotnet run --project tests/ProcessDeployment.Fuzzing -c Release -- @Rest }
    'audit'   { dotnet list ProcessDeployment.sln package --vulnerable --include-transitive @Rest }
    'sbom'    { dotnet tool execute --yes cyclonedx src/ProcessDeployment.Engine/ProcessDeployment.Engine.csproj --include-project-references --output-format Json --output artifacts/sbom --filename ProcessDeployment.cdx.json @Rest }
    'clean'   { dotnet clean ProcessDeployment.sln @Rest }
}
exit $LASTEXITCODE
