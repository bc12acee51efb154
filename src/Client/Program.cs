using Grid.Client;

Console.OutputEncoding = System.Text.Encoding.UTF8;
var terminal = Terminal.OfProcess();
using var interrupts = new Interrupts();
return await GridConsole.Run(args, terminal, interrupts.Token);
