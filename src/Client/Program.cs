using Grid.Client;

Console.OutputEncoding = System.Text.Encoding.UTF8;
var terminal = Terminal.OfProcess();
using var interrupts = new Interrupts(terminal.Error);
return await GridConsole.Run(args, terminal, interrupts.Token);
