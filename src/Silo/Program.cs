using System.CommandLine;
using Grid.Experiments.Store;
using Grid.Silo.Hosting;
using Grid.Silo.Runners;
using Grid.Silo.Settings;
using Microsoft.Extensions.Hosting;

var options = SiloSetting.All.ToDictionary(setting => setting, setting => new Option<string?>(setting.Flag)
{
    Description = $"{setting.Description} {(setting.Default.Length > 0 ? $"Default: {setting.Default}. " : "")}[{setting.Variable}]",
    HelpName = setting.Value,
    // A switch may be given alone.
    Arity = setting == SiloSetting.Insecure ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
});
var root = new RootCommand("A silo of a Grid cluster. Every setting is a flag or the variable of the environment in brackets; the flag wins.");
foreach (var option in options.Values)
    root.Options.Add(option);
root.SetAction((parsed, _) => Run(setting => parsed.GetResult(options[setting]) switch
{
    null => null,
    { Tokens: [] } => "true",
    var result => result.Tokens[0].Value,
}));
// The host ends by itself within its drain time: nobody else is to cut it short.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

static async Task<int> Run(Func<SiloSetting, string?> flag)
{
    const int badInput = 2;
    try
    {
        var settings = SiloSettings.Read(flag, Environment.GetEnvironmentVariable);
        using var host = ClusterSilo.Build(settings);
        await host.RunAsync();
        return 0;
    }
    catch (Exception e) when (e is SettingsException or StoreException or RunnerNotFoundException)
    {
        Console.Error.WriteLine(e.Message);
        return badInput;
    }
}
