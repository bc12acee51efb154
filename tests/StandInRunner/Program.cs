using Grid.StandInRunner;

// The name says what the process stands in for; each mode lives beside.
return args switch
{
    ["append-events", var file, var experiment] => await StoreClient.AppendEvents(file, experiment),
    ["hold-home", var folder] => StoreClient.HoldHome(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("append-events FILE EXPERIMENT | hold-home FOLDER");
    return 2;
}
