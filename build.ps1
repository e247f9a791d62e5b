#!/usr/bin/env pwsh
<#
.SYNOPSIS
The verbs of this repository, each one line of dotnet.
.EXAMPLE
./build.ps1 test
#>
param(
    [ValidateSet('build', 'run', 'test', 'rules', 'schema', 'bench', 'faults', 'format')]
    [string] $Verb = 'build',
    [Parameter(ValueFromRemainingArguments)] [string[]] $Rest
)
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
switch ($Verb) {
    'build' { dotnet build @Rest }
    'run' { dotnet run --project src/ProcessDeployment.Engine -- @Rest }
    'test' { dotnet test @Rest }
    'rules' { dotnet run --project tests/ProcessDeployment.Rules }
    'schema' { $env:EVENTSCHEMA_WRITE = '1'; dotnet test --project tests/ProcessDeployment.Schema.Tests }
    'bench' { dotnet run -c Release --project tests/ProcessDeployment.Benchmarks -- @Rest }
    'faults' { $env:FAULT_ROUNDS = '20'; dotnet test --project tests/ProcessDeployment.Faults.Tests }
    'format' { dotnet format }
}
exit $LASTEXITCODE
