using Grid.Runner.Native;

if (args is ["cure-native", var folder])
{
    Console.WriteLine(LibstdcxxCure.Apply(folder));
    return 0;
}

Console.Error.WriteLine("usage: Grid.Runner cure-native FOLDER");
return 2;
