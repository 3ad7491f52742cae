#include <iostream>
#include <terrein/terrein.hpp>

int main(int, char** argv) {
  terrein::Study const study = terrein::load_study(argv[1], {}, terrein::data_folders());
  terrein::LayerConfig const& parcels = *study.find_layer(study.candidates);
  terrein::ReadOptions options;
  options.name = parcels.key;
  options.path = parcels.path;
  terrein::Issues issues;
  std::cout << study.title << ": " << terrein::read_layer(options, issues).rows_read << " parcels\n";
}
