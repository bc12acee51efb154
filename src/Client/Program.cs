using Grid.Client;
using Grid.Silo.Telemetry;

Console.OutputEncoding = System.Text.Encoding.UTF8;
var terminal = Terminal.OfProcess();
using var interrupts = new Interrupts();
using var telemetry = TelemetryProviders.Start(
    TelemetrySettings.Read(Environment.GetEnvironmentVariable), "grid-console", $"{Environment.MachineName}:{Environment.ProcessId}", Environment.GetEnvironmentVariable);
return await GridConsole.Run(args, terminal, interrupts.Token);
